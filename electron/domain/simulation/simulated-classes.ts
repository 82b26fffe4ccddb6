import type { ClassRow } from '#domain/coding/class-table.ts';
import type { Crowd } from './arrival-curve.ts';

/** A class 小类 by its name in the class table, with what people write when they report it. */
export interface SimulatedClass {
  readonly kind: ClassRow['kind'];
  readonly name: string;
  readonly weight: number;
  readonly texts: readonly string[];
  /** Reported many times as often in a storm: drainage, trees, signs. */
  readonly isStormy?: true;
}

export interface ClassGroup {
  readonly shares: Readonly<Record<Crowd, number>>;
  readonly classes: readonly SimulatedClass[];
}

/**
 * Which matters are reported. Collectors: matters 88, components 12 %; of the matters street order 45, sanitation 25,
 * adverts 14, parking 10, construction 2, emergency 1, facilities 3 (live-and-storage.md §6, class mix). Citizens and
 * machines are our judgement. Weights within a group too.
 */
export const classGroups: readonly ClassGroup[] = [
  {
    shares: { collectors: 0.396, citizens: 0.2, machines: 0.36 },
    classes: [
      matter(
        '店外经营',
        30,
        '商铺将货架和货物摆出店门经营，占用人行道',
        '餐馆在门前摆放桌椅经营',
        '店外堆放商品，行人绕行',
      ),
      matter('占道经营', 22, '路口有摊贩占道摆摊，影响通行', '人行道上有人占道售卖蔬菜水果'),
      matter('无照经营游商', 20, '流动商贩聚集，交通受阻', '机动三轮车沿街叫卖，占用非机动车道'),
      matter('占道促销宣传', 8, '门前搭台促销，占用人行道', '促销气拱门占道'),
      matter('废品收购乱象', 6, '占道收购废品，堆放杂乱', '废品收购车辆长期停在路边'),
      matter('占道洗车', 4, '路边占道洗车，污水横流'),
      matter('农贸市场秩序问题', 6, '市场外溢经营，通道被占', '市场出入口车辆和货物混堆'),
      matter('占用消防通道', 4, '消防通道被杂物占用', '车辆停在消防登高场地'),
    ],
  },
  {
    shares: { collectors: 0.088, citizens: 0.2, machines: 0.36 },
    classes: [
      matter(
        '机动车乱停放',
        50,
        '机动车停在人行道上',
        '路口转角处违规停车，影响视线',
        '公交站前停放车辆，公交无法进站',
      ),
      matter('非机动车乱停放', 20, '电动自行车乱停，堵住通道', '非机动车停在盲道上'),
      matter('共享单车乱象', 30, '共享单车堆积，占用人行道', '共享单车倒伏一片，无人整理'),
    ],
  },
  {
    shares: { collectors: 0.22, citizens: 0.28, machines: 0.2 },
    classes: [
      matter('暴露垃圾', 22, '路边有成堆生活垃圾未清运', '绿化带内有暴露垃圾'),
      matter('垃圾站（箱）满溢', 16, '垃圾桶满溢，周边散落垃圾', '垃圾清运不及时，有异味'),
      matter('积存垃圾渣土', 10, '空地堆放建筑渣土多日', '装修垃圾堆在楼前未清运'),
      matter('道路不洁', 12, '路面有大量尘土和落叶', '路面油污未清理'),
      matter('道路遗撒（洒）', 8, '渣土车遗撒，路面有砂石', '路面有遗撒物，影响行车'),
      matter('乱堆杂物', 10, '楼道口堆放杂物', '公共区域堆放废旧家具和纸箱'),
      matter('绿地脏乱', 7, '绿地内有垃圾和落枝', '绿地被踩踏，裸露黄土'),
      matter('道路破损', 8, '路面坑洼，雨后积水', '路面开裂下沉'),
      matter('废弃家具设备', 4, '路边有废弃沙发和床垫'),
      matter('水域不洁', 3, '河面有漂浮垃圾'),
      matter('焚烧垃圾、树叶', 2, '有人焚烧落叶，烟味较大'),
      matter('露天烧烤', 3, '夜间露天烧烤，油烟扰民'),
      matter('噪声扰民', 4, '夜间广场音响声音较大', '临街店铺外放音响招揽顾客'),
    ],
  },
  {
    shares: { collectors: 0.123, citizens: 0.02, machines: 0 },
    classes: [
      matter('非法小广告', 60, '楼门和电线杆上张贴小广告', '墙面喷涂小广告'),
      matter('违规户外广告', 15, '沿街擅自设置广告牌'),
      matter('违规牌匾标识', 15, '一店多牌，牌匾尺寸超规'),
      matter('公益性宣传品缺损', 10, '公益宣传栏画面破损'),
    ],
  },
  {
    shares: { collectors: 0.018, citizens: 0.14, machines: 0.08 },
    classes: [
      matter('施工扰民', 35, '工地夜间施工，噪声扰民', '清晨施工机械作业，声音较大'),
      matter('工地扬尘', 25, '工地土方未苫盖，扬尘明显'),
      matter('施工占道', 20, '施工围挡占用车道，无警示标志'),
      matter('施工物料乱堆放', 12, '施工物料堆放在人行道上'),
      matter('施工工地围挡问题', 8, '工地围挡倾斜，有倒塌危险'),
    ],
  },
  {
    shares: { collectors: 0.009, citizens: 0.01, machines: 0 },
    classes: [{ ...matter('架空线缆脱落', 1, '架空线缆垂落，影响通行', '通信线缆脱落在路面上'), isStormy: true }],
  },
  {
    shares: { collectors: 0.026, citizens: 0.1, machines: 0 },
    classes: [
      matter('路灯异常', 35, '路灯不亮，夜间通行不便', '一段道路路灯全部熄灭'),
      matter('户外健身设施异常', 20, '健身器材松动，存在安全隐患'),
      matter('公交站设施异常', 15, '公交站牌损坏，看不清线路'),
      matter('交通信号灯异常', 15, '信号灯不亮', '信号灯倒计时显示错误'),
      matter('公共厕所异常', 15, '公厕地面积水，有异味'),
    ],
  },
  {
    shares: { collectors: 0.12, citizens: 0.05, machines: 0 },
    classes: [
      { ...component('雨水箅子', 16, '雨水箅子被落叶堵塞，路面积水', '雨水箅子缺失'), isStormy: true },
      { ...component('雨水井盖', 10, '雨水井盖被水顶起', '雨水井盖破损'), isStormy: true },
      { ...component('污水井盖', 10, '污水井冒溢', '污水井盖下沉，车辆经过有响声'), isStormy: true },
      component('供水井盖', 6, '供水井盖松动，车辆碾压有异响'),
      component('通信井盖', 8, '通信井盖破损，存在隐患'),
      component('电力井盖', 6, '电力井盖缺损'),
      component('路灯', 12, '路灯杆倾斜', '单盏路灯不亮'),
      component('交通护栏', 10, '护栏被撞倒，占用车道'),
      { ...component('行道树', 10, '大风刮倒行道树，压住人行道', '树枝折断，挂在半空'), isStormy: true },
      { ...component('户外广告', 4, '广告牌松动，有坠落危险'), isStormy: true },
      component('垃圾箱', 8, '垃圾箱破损'),
      { ...component('交通标志牌及标线', 6, '交通标志牌被风吹歪'), isStormy: true },
    ],
  },
];

function matter(name: string, weight: number, ...texts: readonly string[]): SimulatedClass {
  return { kind: 'matter', name, weight, texts };
}

function component(name: string, weight: number, ...texts: readonly string[]): SimulatedClass {
  return { kind: 'component', name, weight, texts };
}

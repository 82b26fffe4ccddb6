import type { ListOrder } from '#renderer/features/city-map/list-order.ts';
import type { DrawTool, ToolKey } from '#renderer/features/city-map/tool-keys.ts';

/** Tools of the map: drawing a region, measuring, the list of what is shown, a picture of it. */
export const mapToolsZh = {
  title: '地图工具',
  tools: { layers: '图层', select: '选择', measure: '测量', list: '列表', picture: '出图' } satisfies Record<
    ToolKey,
    string
  >,
  draw: { box: '框选', lasso: '套索', distance: '距离', area: '面积' } satisfies Record<DrawTool, string>,
  wholeView: '当前视野',
  end: '结束',
  dragHelp: '拖动画出范围；键盘：方向键移动十字，回车定点，同一处再按回车完成',
  clickHelp: '逐点点击，双击完成；键盘：方向键移动十字，回车定点，同一处再按回车完成，退格删去一点',
  points: '{{number}} 点',
  meters: '{{number}} m',
  kilometers: '{{number}} km',
  squareMeters: '{{number}} m²',
  squareKilometers: '{{number}} km²',
  list: {
    title: '图上案件',
    inView: '视野内 {{number}} 件',
    inRegion: '选区内 {{number}} 件',
    order: '排序',
    orders: {
      urgent: '级别、时限',
      due: '时限',
      newest: '最新',
      class: '类别',
      unit: '承办单位',
    } satisfies Record<ListOrder, string>,
    clear: '清除选区',
    close: '收起列表',
    changed: '有变动，刷新',
    emptyView: '视野内没有案件。缩小地图或放宽筛选。',
    emptyRegion: '选区内没有案件。',
    noUnit: '未派遣',
    gone: '已结或不再符合筛选',
  },
  picture: {
    title: '出图',
    size: '大小',
    sizeName: '{{ratio}} 倍 · {{width}} × {{height}}',
    save: '保存 PNG',
    saving: '正在绘制…',
    close: '关闭',
    failed: '未能出图：{{reason}}',
    about: '图上带图例、比例尺、数据时间和审图号（或“示意图”）。',
    noMap: '地图还没有画好',
    file: '网格地图',
  },
} as const;

/** A demand class of tickets by its code in the table, with what the centre's operators write. */
export interface SimulatedTicketClass {
  readonly code: string;
  readonly weight: number;
  readonly texts: readonly string[];
  /** Reported many times as often in a storm. */
  readonly isStormy?: true;
}

/**
 * What people call 12345 for. Weights of the groups follow the city's demand of 2020 (domain.md §7.6: markets 98, public
 * services 65, housing 61, health 60, building 55, traffic 47, order 47, labour 36, education 35, in 10,000), epidemic left
 * out; waste and care, and weights within a group, are our judgement.
 */
export const ticketClasses: readonly SimulatedTicketClass[] = [
  ticket('010101', 34, '来电人反映购物后商家拒绝退费，希望协调', '培训课程退费困难，希望帮助处理'),
  ticket('010102', 26, '预付卡商家停业，余额无法退还', '健身卡无法使用，要求退款'),
  ticket('010201', 14, '反映餐馆后厨卫生较差', '外卖中有异物，希望核查'),
  ticket('010202', 8, '反映超市销售过期食品'),
  ticket('010301', 16, '小区门口有摊贩占道经营，影响出行', '早市占道，早高峰无法通行'),
  ticket('020101', 8, '施工挖断自来水管道，家中突然停水', '路面冒水，疑似自来水管破裂', '楼下水管爆裂，积水较深'),
  { ...ticket('020102', 8, '家中停水，不知何时恢复', '整栋楼水压不足，无法正常用水'), isStormy: true },
  { ...ticket('020201', 10, '小区突然停电，询问恢复时间', '单元楼反复跳闸停电'), isStormy: true },
  ticket('020301', 3, '楼道内有燃气味，担心漏气', '路边有明显燃气味'),
  ticket('020401', 16, '供暖后家中暖气不热', '室内温度不达标，希望检修'),
  ticket('020402', 5, '小区供暖管道老旧，每年报修，希望更换', '暖气管道老化渗漏，希望入冬前改造'),
  ticket('020403', 4, '暖气漏水，淹了楼下'),
  { ...ticket('020501', 4, '宽带中断多日无人维修'), isStormy: true },
  ticket('020601', 7, '村内路灯不亮，夜间出行不便', '小区外道路路灯不亮'),
  ticket('030101', 26, '反映物业服务不到位，楼道无人打扫', '物业不处理报修，希望督促'),
  ticket('030102', 10, '对物业收费标准有疑问', '停车收费不合理'),
  ticket('030103', 8, '电梯经常故障，老人出行困难', '电梯停运多日'),
  { ...ticket('030201', 9, '顶层漏雨，多次报修未解决', '外墙渗水，室内发霉'), isStormy: true },
  ticket('030301', 8, '入住多年未办理不动产证', '不动产证办理进度缓慢，希望协调'),
  ticket('040101', 22, '医院预约挂号困难', '专家号难以预约，希望增加号源'),
  ticket('040102', 24, '医保报销比例咨询并反映报销慢', '医保断缴后如何补缴，希望指导'),
  ticket('040202', 12, '小区蚊虫较多，希望消杀'),
  { ...ticket('050101', 12, '路面坑洼，车辆颠簸', '村口道路破损，希望修补'), isStormy: true },
  ticket('050102', 6, '井盖松动，车辆经过有响声', '井盖缺失，存在危险'),
  { ...ticket('050103', 6, '路面积水，行人无法通过', '地下通道积水，车辆无法通行'), isStormy: true },
  ticket('050201', 12, '工地夜间施工，影响休息', '凌晨仍有施工噪声'),
  ticket('050202', 7, '工地扬尘较大，未苫盖'),
  ticket('050301', 10, '邻居私搭乱建，影响采光', '楼顶搭建彩钢房，希望核查'),
  ticket('050401', 5, '村内道路未硬化，雨天泥泞', '村内道路破损，希望修缮'),
  ticket('060101', 10, '公交间隔时间长，希望增加班次', '希望新增公交站点'),
  ticket('060201', 26, '道路两侧乱停车，影响通行', '消防通道被机动车占用', '小区门口乱停车，无法出行'),
  ticket('060202', 6, '停车场收费不透明'),
  { ...ticket('060301', 5, '信号灯不亮，路口拥堵'), isStormy: true },
  ticket('070101', 16, '商户音响噪声扰民', '临街店铺夜间播放音乐'),
  ticket('070102', 16, '广场舞音响声音大', '楼上噪声扰民，希望调解'),
  ticket('070202', 8, '小区内电动自行车进楼充电，有安全隐患'),
  ticket('070301', 7, '消防通道堆放杂物'),
  ticket('080101', 28, '反映单位拖欠工资，希望协助', '工程结束后未支付劳务费用'),
  ticket('080202', 8, '社保缴费有误，希望更正'),
  ticket('090101', 10, '希望增加普惠幼儿园学位', '附近没有普惠幼儿园，入园困难'),
  ticket('090201', 14, '咨询入学政策，并反映学位紧张'),
  ticket('090202', 8, '课后服务安排不合理'),
  ticket('100101', 18, '垃圾清运不及时，桶满外溢', '垃圾桶多日未清，异味较大'),
  ticket('100102', 12, '空地堆放大量垃圾', '楼下堆放装修垃圾无人清理'),
  ticket('100201', 4, '公厕不洁，异味大'),
  { ...ticket('100301', 8, '树枝遮挡窗户，希望修剪', '大树枝干折断，压在电线上'), isStormy: true },
  ticket('110101', 4, '老人居家养老，希望提供助餐服务'),
  ticket('110102', 4, '希望增设养老驿站'),
];

function ticket(code: string, weight: number, ...texts: readonly string[]): SimulatedTicketClass {
  return { code, weight, texts };
}

/** What is written about tickets 工单. Nothing here names a person or a place. */
export const ticketWords = {
  returnNotOurs: ['不在本镇街辖区，申请退单', '经核实点位属相邻镇街，申请退单'],
  returnDuty: ['职责不在镇街，申请退单'],
  reassigned: ['点位核实属你镇街，请签收办理'],
  returnRefused: ['属地负责，驳回退单，请签收'],
  merged: ['多人反映同一诉求，合并办理'],
  unmerged: ['诉求不同，分开办理'],
  recalled: ['派单对象有误，撤回重派'],
  assigned: ['请第一时间联系来电人', '请核实情况，依规办理并回复', '请主责单位牵头办理'],
  contacted: [
    '已与来电人通话，了解诉求',
    '已电话联系，约定到场时间',
    '来电人未接，已发短信说明',
    '已见面沟通，核实情况',
  ],
  handedOver: ['前期工作完成，移交下一单位继续办理'],
  replied: [
    '问题已解决，已向来电人说明',
    '已到场处理完毕，来电人表示认可',
    '已整改到位并告知来电人',
    '已向来电人解释相关政策，并持续跟进',
  ],
  redone: ['来电人表示未解决，请继续办理', '回访不满意，请重新核实处理'],
  forceClosed: ['诉求已由其他渠道办结，强制结案'],
} as const;

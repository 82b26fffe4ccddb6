/** What the simulated staff writes. Nothing here names a person or a place. */
export const stepWords = {
  registered: ['现场照片与描述相符，符合立案条件', '属管理事项范围，予以立案', '位置和类别清楚，予以立案'],
  dispatched: ['请按时限处置并反馈', '请属地核实处置', '请尽快处置，注意安全'],
  subDispatched: ['请到现场处置', '请安排人员处置', '按职责分工下派'],
  notOurs: ['不在本辖区，请重新派遣', '管理单位不是本单位，申请回退'],
  givenBack: ['现场需要其他班组处置，申请改派', '缺少专用设备，请重新安排'],
  handled: ['已清理完毕，现场恢复整洁', '已整改到位，恢复正常', '已修复，设施恢复使用', '已劝离并清理现场'],
  resultRejected: ['处置后照片不清楚，请补充', '现场仍有遗留，请继续处置'],
  fedBack: ['处置完成，请核查', '已按要求处置'],
  checkPassed: ['现场已恢复', '问题已解决'],
  checkFailed: ['现场问题依然存在', '处置不彻底，周边仍有遗留'],
  checkUnable: ['现场封闭，暂时无法核查'],
  reworked: ['核查未通过，请返工', '未达到结案条件，请继续处置'],
  closed: ['核查通过，符合结案条件', '问题已解决，予以结案'],
} as const;

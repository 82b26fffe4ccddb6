/**
 * Words that people use for the same thing when they report; the first of a row stands for all of it. Placeholder 可配置:
 * our own judgement, not a table of the trade. A longer word goes before a shorter one that it holds.
 */
export const synonyms: readonly (readonly string[])[] = [
  ['破损', '损坏', '毁坏', '缺损', '破裂', '开裂', '坏了', '破了', '裂了', '缺口', '坏掉'],
  ['清运', '清理', '清扫', '收走', '运走', '没人收', '没人管'],
  ['机动车', '小汽车', '汽车', '轿车', '小车'],
  ['自行车', '单车'],
  ['夜间', '晚上', '夜里', '半夜', '深夜'],
  ['占用', '占道', '占了', '占着', '挡住', '堵住', '堵塞', '堆满', '占满'],
  ['不亮', '熄灭', '没亮', '不着', '漆黑'],
  ['路面', '路上', '道路', '马路', '车道'],
  ['坑洼', '坑槽', '大坑', '深坑', '塌陷', '下沉'],
  ['墙面', '墙上', '外墙', '墙体'],
  ['爆裂', '爆了', '爆管', '破管'],
  ['折断', '断裂', '断了', '刮断'],
  ['噪声', '噪音', '太吵', '很吵', '扰民', '吵闹', '声音较大', '声音很大'],
  ['异味', '臭味', '恶臭', '很臭', '难闻'],
  ['满溢', '溢出', '冒溢', '满了', '外溢'],
  ['摊贩', '小贩', '商贩', '摆摊', '摊位'],
  ['杂物', '废旧物品', '破烂', '废旧家具'],
  ['倾斜', '歪斜', '歪了', '倒伏', '倒了'],
  ['不热', '不暖', '太冷', '温度低'],
  ['停水', '没水', '断水'],
  ['停电', '没电', '断电'],
  ['garbage', 'trash', 'rubbish', 'litter', 'debris'],
  ['broken', 'damaged', 'damage', 'defective', 'defect'],
  ['streetlight', 'street light', 'street lamp', 'lamppost'],
  ['unlit', 'burnt out', 'burned out', 'light out', 'lights out'],
  ['leaking', 'leaks', 'leak', 'dripping'],
  ['graffiti', 'spray paint', 'tagging'],
  ['feces', 'human waste', 'excrement', 'urine'],
];

import type * as zh from '../zh-cn/trade.ts';
import type { Words } from '../words.ts';

export const states: Words<typeof zh.states> = {
  reported: 'Reported',
  verifying: 'Verifying',
  pending_register: 'To register',
  not_accepted: 'Not accepted',
  void: 'Void',
  pending_dispatch: 'To dispatch',
  pending_handle: 'To accept',
  handling: 'Handling',
  handle_finished: 'Handled',
  pending_check: 'To check',
  checking: 'Checking',
  pending_close: 'To close',
  returned: 'Returned',
  suspended: 'Suspended',
  closed: 'Closed',
  forced_close: 'Force closed',
  to_sign: 'To sign',
  return_review: 'Return review',
  signed: 'Signed',
  assigned: 'Assigned',
  contacted: 'Contacted',
  co_handling: 'Whistled',
  replied: 'Replied',
  calling_back: 'Calling back',
  done: 'Done',
};

export const ofTicket: Words<typeof zh.ofTicket> = { state: { handling: 'Working' }, stage: { handle: 'Work' } };

export const stages: Words<typeof zh.stages> = {
  report: 'Report',
  register: 'Register',
  dispatch: 'Dispatch',
  handle: 'Handle',
  feedback: 'Feedback',
  close: 'Close',
  sign: 'Sign',
  assign: 'Assign',
  contact: 'First contact',
  call_back: 'Call back',
};

export const actions: Words<typeof zh.actions> = {
  report: 'Report',
  request_verify: 'Request verification',
  verify: 'Verification result',
  register: 'Register',
  reject: 'Do not accept',
  void: 'Void',
  dispatch: 'Dispatch',
  sub_dispatch: 'Send down',
  recall: 'Recall',
  return: 'Return',
  accept: 'Accept',
  handle: 'Handled',
  feed_back: 'Feed back',
  rework: 'Rework',
  request_check: 'Request check',
  check: 'Check result',
  close: 'Close case',
  fail_close: 'Fail closing',
  force_close: 'Force close',
  escalate: 'Escalate',
  hand_over: 'Hand over',
  receive: 'Register ticket',
  sign: 'Sign',
  request_return: 'Request return',
  review_return: 'Review return',
  assign: 'Assign all orders',
  contact: 'First contact',
  start_work: 'Start work',
  whistle: 'Whistle',
  reply: 'Reply',
  begin_call_back: 'Call back',
  conclude: 'Conclude',
  redo: 'Handle again',
  start_endorsement: 'Start endorsement',
  endorse: 'Endorse',
  delegate_endorsement: 'Delegate endorsement',
  skip_endorsement: 'Skip endorsement',
  accept_order: 'Accept order',
  arrive: 'Report in',
  answer_order: 'Answer order',
  waive_order: 'Waive order',
  request_extension: 'Request extension',
  pass_extension: 'Pass extension on',
  decide_extension: 'Decide extension',
  request_suspension: 'Request suspension',
  decide_suspension: 'Decide suspension',
  resume: 'Resume',
  supervise: 'Supervise',
  answer_supervision: 'Answer supervision',
  urge: 'Urge',
  appeal: 'Appeal',
  review_appeal: 'Review appeal',
  merge: 'Merge',
  unmerge: 'Un-merge',
  redate: 'Redate',
  reveal_reporter: 'Show the reporter',
  erase_reporter: 'Erase the reporter',
};

export const sources: Words<typeof zh.sources> = {
  grid_staff: 'Grid staff',
  hotline: '12345',
  video: 'Video',
  leader: 'Leader',
  lane_steward: 'Lane steward',
  desk: 'Desk',
  department: 'Department',
  import: 'File import',
};

export const clocks: Words<typeof zh.clocks> = {
  register: 'filing limit',
  verify: 'verification limit',
  dispatch: 'dispatch limit',
  handle: 'handling limit',
  check: 'check limit',
};

export const posts: Words<typeof zh.posts> = {
  ACCEPTOR: 'Acceptor',
  DISPATCHER: 'Dispatcher',
  SHIFT_LEADER: 'Shift leader',
  DEPT: 'Unit',
  HANDLER: 'Handler',
  COLLECTOR: 'Collector',
  EVALUATOR: 'Evaluator',
  LEADER: 'Leader',
  HOTLINE_DESK: 'Hotline desk',
  ADMIN: 'Administrator',
  SYSTEM: 'System',
};

export const outcomes: Words<typeof zh.outcomes> = {
  sent_on: 'sent on',
  accepted: 'accepted',
  fed_back: 'fed back',
  returned: 'returned',
  recalled: 'recalled',
  escalated: 'escalated',
  handed_over: 'handed over',
  stopped: 'stopped',
};

export const orderStates: Words<typeof zh.orderStates> = {
  waiting: 'waits its turn',
  sent: 'not accepted',
  accepted: 'accepted',
  arrived: 'on site',
  answered: 'answered',
  waived: 'waived',
};

export const orderRoles: Words<typeof zh.orderRoles> = { co: 'Co-unit', main: 'Responsible' };
export const orderVia: Words<typeof zh.orderVia> = { dispatch: 'with dispatch', whistle: 'whistle', relay: 'relay' };
export const modes: Words<typeof zh.modes> = { frontline: 'Frontline', relay: 'Relay', joint: 'Joint' };

export const supervisionKinds: Words<typeof zh.supervisionKinds> = {
  timeout: 'Overdue',
  leader: 'Leader',
  key: 'Key case',
};

export const verifyResults: Words<typeof zh.verifyResults> = {
  exists: 'Exists',
  absent: 'Does not exist',
  unable: 'Could not verify',
};

export const peoplePosts: Words<typeof zh.peoplePosts> = {
  grid_lead: 'Grid lead',
  grid_pro: 'Grid staff (professional)',
  grid_full: 'Grid staff (full-time)',
  grid_part: 'Grid staff (part-time)',
  village_cadre: 'Village cadre',
  village_secretary: 'Village secretary',
  desk_lead: 'Desk lead',
  leader: 'Leader in charge',
  duty_officer: 'Duty officer',
  office_head: 'Office head',
  team_leader: 'Team leader',
  handler: 'Handler',
};

export const endorsementStates: Words<typeof zh.endorsementStates> = {
  waiting: 'waits',
  current: 'in hand',
  endorsed: 'agreed',
  skipped: 'skipped',
  sent_back: 'sent back',
};

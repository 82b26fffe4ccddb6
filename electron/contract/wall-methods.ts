import { CaseChange } from './cases.ts';
import { method, stream } from './method.ts';
import { Code, NoInput, z } from './schema.ts';
import * as wall from './wall.ts';

/** The wall 大屏: what its pages read, and what a desk may do to it. */
export const wallMethods = {
  'wall.watch': stream({
    input: NoInput,
    item: wall.WallItem,
    errors: [],
    needs: 'wall.read',
    about: 'what each display of the wall shows, the figures of the day, and the host’s time once a second',
    example: {},
  }),
  'wall.cases': stream({
    input: NoInput,
    item: CaseChange,
    errors: [],
    needs: 'wall.read',
    about: 'all open cases, then every change, without any words of people',
    example: {},
  }),
  'wall.incident': method({
    input: z.strictObject({ caseId: Code }),
    output: wall.Incident,
    errors: ['not_found'],
    needs: 'wall.read',
    about: 'one case as a wall shows it: who is on it and every step, without any words of people',
    example: { caseId: '20261124000001' },
  }),
  'wall.review': method({
    input: NoInput,
    output: wall.WallReview,
    errors: ['archive_rebuilding', 'unavailable', 'busy'],
    needs: 'wall.read',
    about: 'twelve months of reports and the townships of this month',
    example: {},
  }),
  'wall.hello': method({
    input: wall.Hello,
    output: wall.Shown,
    errors: ['busy'],
    needs: 'wall.read',
    about: 'a page of the wall says that it is there and how large; kept in memory alone',
    example: { display: 'wall-1', width: 1_920, height: 1_080 },
  }),
  'wall.state': method({
    input: NoInput,
    output: wall.WallOverview,
    errors: [],
    needs: 'wall.direct',
    about: 'the displays of the wall, their scenes and who put them there',
    example: {},
  }),
  'wall.set': method({
    input: wall.WallSet,
    output: wall.WallOverview,
    errors: ['busy', 'unavailable'],
    needs: 'wall.direct',
    about: 'scenes and their turns, pause, night hours, pixel width and farthest seat of a display or of the wall',
    example: { plan: { scenes: [{ kind: 'watch' }, { kind: 'review' }], dwellSeconds: 120 } },
  }),
  'wall.push': method({
    input: wall.WallPush,
    output: wall.WallOverview,
    errors: ['busy', 'unavailable'],
    needs: 'wall.direct',
    about: 'puts a scene on a display for some minutes 上墙',
    example: { display: 'wall-1', scene: { kind: 'watch' }, minutes: 15 },
  }),
  'wall.release': method({
    input: wall.WallRelease,
    output: wall.WallOverview,
    errors: ['not_found', 'unavailable'],
    needs: 'wall.direct',
    about: 'takes a pushed scene off a display, or says that an urgent matter was seen',
    example: { display: 'wall-1' },
  }),
} as const;

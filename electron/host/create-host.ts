import { randomBytes, randomUUID } from 'node:crypto';
import { join } from 'node:path';
import type { Health } from '#contract/health.ts';
import type { HostOptions, HostSecret } from '#contract/host-process.ts';
import type { Transport } from '#contract/wire.ts';
import type { Principal, PrincipalKind } from '#domain/access/permissions.ts';
import { required } from '#domain/base/assert-never.ts';
import type { Instant } from '#domain/base/instant.ts';
import type { CaseState } from '#domain/case/state.ts';
import { suggestDispatch } from '#domain/dispatch/suggest.ts';
import { caseRules } from '#domain/reference/case-rules.ts';
import { dayOf } from '#domain/reference/day.ts';
import type { ReferenceTables } from '#domain/reference/reference-tables.ts';
import { openAlarms } from './alarms/open-alarms.ts';
import { commandsWithPhotos } from './attachments/commands-with-photos.ts';
import { openAttachments } from './attachments/folder-attachments.ts';
import { sweepHourly } from './attachments/sweep-hourly.ts';
import { openAudit } from './audit/audit-log.ts';
import { openBaseMaps } from './base-map/base-maps.ts';
import { BriefingKeeper } from './briefings/briefing-keeper.ts';
import { composeBriefing } from './briefings/compose-briefing.ts';
import { openBackups } from './backup/backup-keeper.ts';
import { openComponents } from './components/component-files.ts';
import { systemClock, systemElapsedMs, systemScheduler } from './clock/system-clock.ts';
import { watchClock } from './clock/watch-clock.ts';
import { CommandQueue } from './command/command-queue.ts';
import { openDistrictLab } from './district/lab/district-lab.ts';
import { defaultDistrict, loadDistrict } from './district/load-district.ts';
import { readPoints } from './district/formats/read-points.ts';
import { DistrictInForce } from './district/district-in-force.ts';
import { openDistrictVersions } from './district/versions/district-versions.ts';
import { JournalFigures } from './figures/journal-figures.ts';
import { KeptForesight } from './figures/kept-foresight.ts';
import { openForces } from './forces/live-forces.ts';
import { createComponentImport } from './feeds/component-import/component-import.ts';
import { createFileImport } from './feeds/file-import/file-import.ts';
import { keepDemoPhotos } from './feeds/simulator/keep-demo-photos.ts';
import { patrolFeed } from './feeds/simulator/patrol-feed.ts';
import { createSimulator, simulationDefaults } from './feeds/simulator/simulator.ts';
import { HealthRegister } from './health/health-register.ts';
import { openHistory } from './history/open-history.ts';
import { diskFiles } from './journal/local/journal-files.ts';
import { lineDisk } from './disk/line-disk.ts';
import { openLocalJournal } from './journal/local/open-local-journal.ts';
import { walkCopy } from './journal/local/walk-copy.ts';
import type { Audit } from './ports/audit.ts';
import type { Cases } from './ports/cases.ts';
import type { Commands } from './ports/commands.ts';
import type { Imports } from './ports/imports.ts';
import type { Journal } from './ports/journal.ts';
import type { Log } from './ports/log.ts';
import type { People } from './ports/people.ts';
import type { Projection } from './ports/projection.ts';
import { ChromiumPrinter } from './print/chromium-printer.ts';
import { findChromium } from './print/find-chromium.ts';
import { openPeople } from './people/folder-people.ts';
import { automaticDispatch } from './reactors/automatic-dispatch.ts';
import { watchCalendar } from './reactors/calendar-watch.ts';
import { checkJournal } from './reactors/check-journal.ts';
import { pendingRedate } from './reactors/pending-redate.ts';
import { redateOpen } from './reactors/redate-open.ts';
import { resumeSuspended } from './reactors/resume-suspended.ts';
import { openProjection } from './projection/open-projection.ts';
import { openSecrets } from './secrets/open-secrets.ts';
import { argonPins } from './secrets/pins.ts';
import { openShift } from './shift/open-shift.ts';
import { healthReport } from './health-report.ts';
import { openMemory, type Memory } from './open-memory.ts';
import { liveStreams } from './serve/live-streams.ts';
import { serveConnection } from './serve/connection.ts';
import { createDispatcher } from './serve/dispatcher.ts';
import { createHandlers } from './serve/handlers.ts';
import { kindOf, startHttpServer, type Tokens } from './serve/http-server.ts';
import { Handles } from './serve/handles.ts';
import { PageRights } from './serve/page-rights.ts';
import { principalOf } from './serve/principals.ts';
import { RevealLimit } from './serve/reveal-limit.ts';
import { startProblem, takeFolder } from './take-folder.ts';
import { boundsOf } from './base-map/tile-source.ts';
import { loadClassTable } from './tables/class-table.ts';
import { openTables } from './tables/table-store.ts';
import { verifyFolder } from './verify-folder.ts';
import { openWallParts } from './wall/open-wall.ts';

const noSecret: HostSecret = { kind: 'none', reason: 'no_secret' };

export interface Host {
  /** `http://127.0.0.1:PORT` */
  readonly address: string;
  readonly tokens: Tokens;
  readonly commands: Commands;
  readonly cases: Cases;
  readonly journal: Journal;
  readonly projection: Projection;
  readonly imports: Imports;
  readonly audit: Audit;
  health(): Health;
  /** The right to read one briefing, as a page that is being printed has it. */
  pageToken(id: string): string;
  /** Serves a client over a port whose right is known from where it came. */
  connect(transport: Transport, kind: PrincipalKind): void;
  /** Lets the simulator begin, if the options ask for one. */
  startSimulation(): void;
  /** Ends in order: no new work, what waits is recorded, checkpoint, journal marked as cleanly stopped, lock freed. */
  close(): Promise<void>;
}

/**
 * Builds the host and folds its journal: the one function that knows every part.
 *
 * @throws StartProblem when something outside the program stands in the way
 */
export async function createHost(
  options: HostOptions & { readonly dataFolder: string },
  log: Log,
  secret: HostSecret = noSecret,
): Promise<Host> {
  const lock = await takeFolder(options.dataFolder);
  const undo: (() => Promise<void>)[] = [() => lock.release()];
  try {
    return await build(options, log, secret, undo);
  } catch (cause) {
    for (const step of undo.reverse()) await step();
    throw startProblem(cause);
  }
}

async function build(
  options: HostOptions & { readonly dataFolder: string },
  log: Log,
  secret: HostSecret,
  undo: (() => Promise<void>)[],
): Promise<Host> {
  const { dataFolder, resourcesFolder } = options;
  const clock = systemClock;
  const scheduler = systemScheduler;
  const startedAt = clock.now();
  const facts = new HealthRegister(clock);
  const shipped = join(resourcesFolder, 'tables');
  const journal = await openLocalJournal({
    ...{ folder: dataFolder, now: () => clock.now(), health: facts, log, scheduler },
    ...(options.segmentBytes === null ? {} : { segmentBytes: options.segmentBytes }),
  });
  undo.push(() => journal.close());
  const attachments = await openAttachments(join(dataFolder, 'attachments'), {
    clock,
    isNew: journal.head().sequence === 0 && journal.readOnlyReason() === null,
  });
  // While the rest is built, so that the simulated city begins without waiting for the disk.
  const photos = startedEarly(
    () => keepDemoPhotos(join(resourcesFolder, 'demo-photos'), attachments),
    options.simulate,
  );
  undo.push(photos.settled);
  let memory: Memory | null = null;
  const rows = () => required(memory, 'nothing is projected before the journal is folded').rows;
  // A thread of its own, which takes as long to start as the district takes to be read: both at once.
  const opening = openProjection({
    folder: join(dataFolder, 'projection'),
    workerFile: options.projectionWorkerFile,
    journal,
    replay: (sequence, stored) => rows().replay(sequence, stored),
    openRows: () => rows().openRows(),
    scheduler,
    health: facts,
    log,
  });
  undo.push(() =>
    opening.then(
      (opened) => opened.close(),
      () => {},
    ),
  );
  const versions = await openDistrictVersions({
    folder: join(dataFolder, 'districts'),
    base:
      options.district === null
        ? defaultDistrict(resourcesFolder)
        : { file: options.district, mappingFile: options.districtMapping, contextFile: null },
    ...{ clock, scheduler, health: facts },
  });
  undo.push(async () => versions.close());
  const [first, classes, projection] = await Promise.all([
    loadDistrict(versions.chosen.source, versions.chosen.former),
    loadClassTable(shipped),
    opening,
  ]);
  const district = new DistrictInForce(first);
  const tables = await openTables({
    defaultsFolder: shipped,
    folder: join(dataFolder, 'tables'),
    ...{ classes, areas: district.areas, clock, health: facts },
  });

  const handles = new Handles(clock);
  const peopleFolder = join(dataFolder, 'people');
  const people = await openPeople(peopleFolder, openSecrets(join(peopleFolder, 'master.json'), secret));
  raiseStateOf(people, facts);
  // By management, not by the net: dispatch and scoring use the managing township (domain.md §1, 10).
  const unitsOver = ({ place }: CaseState) =>
    place.gridCode === null ? [] : tables.inForce().units.path(place.gridCode);
  memory = await openMemory({
    ...{ dataFolder, journal, projection, people, unitsOver },
    areas: () => district.areas,
    ...{ clock, health: facts, log, walkWorkerFile: options.walkWorkerFile },
  });
  undo.push(memory.close);
  const { cases, numbers, receipts, dispatchRecord, warnings, reporters, sameCause } = memory;
  const inForceOf = (next: ReferenceTables) => ({
    context: {
      newCaseId: (reportedAt: Instant) => numbers.next(reportedAt),
      units: next.units,
      rules: caseRules(next),
      locate: (lon: number, lat: number) => district.locate(lon, lat),
    },
    versions: { ...next.versions, classes: next.classes.version, district: district.map.id },
  });
  let inForce = inForceOf(tables.inForce());
  tables.onChanged((next) => (inForce = inForceOf(next)));
  const townshipOf = (state: CaseState) => unitsOver(state)[1] ?? null;

  const history = openHistory({ folder: join(dataFolder, 'snapshots'), journal, cases, log });
  undo.push(() => history.close());

  const queue = new CommandQueue({
    journal,
    cases,
    receipts,
    clock,
    reference: () => inForce.context,
    tables: () => inForce.versions,
    lastRecordedAt: memory.lastRecordedAt,
    onRecorded: memory.recorded,
  });
  const commands = commandsWithPhotos(queue, attachments);
  const sweeping = sweepHourly({ attachments, clock, scheduler, log });
  undo.push(() => sweeping.close());
  const redate = redateOpen({
    ...{ cases, commands, clock, log },
    pending: pendingRedate(join(dataFolder, 'tables', 'pending-redate')),
  });
  const resume = resumeSuspended({ cases, commands, clock, scheduler, log });
  const automatic = automaticDispatch({
    ...{ cases, commands, log },
    isOn: () => tables.inForce().policies.isOn('automatic_dispatch', dayOf(clock.now())),
    suggest: (found) => suggestDispatch(found, tables.inForce(), dispatchRecord, clock.now()),
  });
  tables.onChanged((next) => void redate.apply(next, 'rule tables adopted'));
  // Between two commands: one is decided wholly in the net before, the next one wholly in the new one.
  versions.follow(async ({ source, former }) => {
    district.exchange(await loadDistrict(source, former), (areas) => tables.useAreas(areas));
    log.info('district changed over', { district: district.map.id });
  });
  const alarms = await openAlarms({
    ...{ folder: join(dataFolder, 'alarms'), disk: lineDisk, cases, warnings, tables, townshipOf },
    searchBehind: () => journal.head().sequence - projection.status().sequence,
    onSearch: (listener) => projection.onStatus(listener),
    ...{ clock, scheduler, health: facts },
  });
  undo.push(() => alarms.close());
  const clockWatch = watchClock({
    ...{ clock, elapsedMs: systemElapsedMs, scheduler, health: facts, log },
    lastRecordedAt: memory.lastRecordedAt,
    onJump: () => [resume, alarms].forEach((part) => part.planAgain()),
  });
  const journalCheck = checkJournal({ journal, scheduler, elapsedMs: systemElapsedMs, log });
  undo.push(() => journalCheck.close());
  const watches = [watchCalendar({ tables, clock, scheduler, health: facts }), clockWatch, resume, automatic];
  undo.push(async () => watches.forEach((watch) => watch.close()));
  const imports = createFileImport({
    commands,
    locate: (lon, lat) => district.locate(lon, lat),
    classes: () => tables.inForce().classes,
    clock,
    folder: join(dataFolder, 'imports'),
    newId: () => randomUUID().slice(0, 8),
  });
  const components = await openComponents(join(dataFolder, 'components'), facts);
  const componentImports = createComponentImport({
    ...{ store: components, readPoints, areas: () => district.areas, clock },
    classes: () => tables.inForce().classes,
    folder: join(dataFolder, 'imports'),
    newId: () => randomUUID().slice(0, 8),
  });
  const lab = openDistrictLab({
    ...{ workerFile: options.districtWorkerFile, versions, projection, clock },
    reportFolder: join(dataFolder, 'imports'),
    newId: () => randomUUID().slice(0, 8),
  });
  undo.push(() => lab.close());
  const simulator = createSimulator({
    isOn: options.simulate,
    seed: options.seed,
    ratePerHour: options.ratePerHour ?? simulationDefaults.ratePerHour,
    speed: options.speed ?? simulationDefaults.speed,
    restsAfterEntries: simulationDefaults.restsAfterEntries,
    tables: () => tables.inForce(),
    keepPhotos: photos.next,
    ...{ commands, cases, journal, district, clock, scheduler, health: facts, log },
  });

  const forces = openForces({ clock, scheduler });
  const patrols = patrolFeed({ simulation: simulator, forces, district, seed: options.seed, clock, scheduler });
  undo.push(async () => [patrols, forces].forEach((part) => part.close()));

  const audit = await openAudit({ folder: join(dataFolder, 'audit'), disk: lineDisk, clock, health: facts });
  const backups = await openBackups({
    audit,
    ...{ dataFolder, program: options.version, journal, walkJournal: walkCopy },
    ...{ clock, scheduler, health: facts, log },
    verifyFolder: (folder, anchors) => verifyFolder({ folder, anchors, running: null, log }),
  });
  undo.push(() => backups.close());

  const baseMaps = await openBaseMaps({
    ...{ folder: join(dataFolder, 'base-maps'), workerFile: options.baseMapWorkerFile },
    district: boundsOf(district.map.areas),
    ...{ clock, scheduler, health: facts, log },
  });
  undo.push(() => baseMaps.close());

  const { wall, wallToken } = await openWallParts({
    ...{ folder: join(dataFolder, 'wall'), startScene: options.wallScene ?? null },
    ...{ alarms, cases, projection, clock, scheduler, health: facts, log },
  });
  undo.push(() => wall.close());

  const shift = await openShift({
    ...{ folder: join(dataFolder, 'shift'), disk: lineDisk, pins: argonPins, seat: principalOf('operator').id },
    ...{ cases, history, journal, alarms, tables, clock, health: facts, log },
    district: () => required(district.areas.district.levels[0]?.[0], 'a district has one area of the first level').code,
  });
  undo.push(() => shift.close());
  const figures = new JournalFigures({ journal, tables: () => tables.inForce(), log });
  const pages = new PageRights();
  // The door opens after the parts behind it; nothing is printed before.
  let origin = '';
  const briefings = new BriefingKeeper({
    folder: join(dataFolder, 'briefings'),
    compose: composeBriefing({ figures, journal, cases, tables, district, warnings, townshipOf, clock }),
    printer: new ChromiumPrinter({ executable: () => findChromium(process.env), scheduler, log }),
    pageOf: (id) => {
      const { token, end } = pages.give(id);
      return { address: `${origin}/briefing/?id=${id}#token=${token}`, end };
    },
    desk: () => district.areas.district.levels[0]?.[0]?.code ?? '',
    ...{ tables, clock },
  });
  undo.push(() => briefings.close());

  let connections = 0;
  const health = () =>
    healthReport({
      ...{ options, startedAt, now: clock.now(), facts, journal, projection, cases, simulator, connections },
      district: district.map.id,
    });
  const sources = liveStreams({
    ...{ alarms, health, facts, projection, cases, forces, tables, imports, componentImports },
    ...{ lab, backups, baseMaps, wall, shift, clock, scheduler },
  });
  const newId = () => randomUUID();
  const parts = {
    commands,
    cases,
    history,
    journal,
    projection,
    sameCause,
    district,
    tables,
    movesOf: (next: ReferenceTables) => redate.preview(next),
    reference: () => inForce.context,
    dispatchRecord,
    warnings,
    townshipOf,
    ...{ alarms, forces, components, componentImports },
    figures,
    foresight: new KeptForesight({ figures, tables: () => tables.inForce(), areas: () => district.areas, clock }),
    imports,
    lab,
    audit,
    backups,
    ...{ baseMaps, briefings, wall, shift },
    simulation: simulator,
    attachments,
    handles,
    people,
    reveals: new RevealLimit(clock, reporters.reveals(clock.now())),
    clock,
    health,
    newId,
  };
  const dispatch = createDispatcher(createHandlers(parts), log);

  const tokens: Tokens = { operator: newToken(), wall: wallToken, system: newToken() };
  const serve = (transport: Transport, authenticate: (token: string | undefined) => Principal | null) => {
    connections += 1;
    transport.onClosed(() => (connections -= 1));
    const head = () => ({ journalId: journal.id, sequence: cases.sequence() });
    serveConnection(transport, { dispatch, sources, clock, version: options.version, head, authenticate });
  };
  const server = await startHttpServer({
    port: options.port,
    tokens,
    rendererFolder: options.rendererFolder,
    uploadFolder: join(dataFolder, 'uploads'),
    photos: { attachments, components, handles },
    baseMaps,
    log,
    onConnection: (transport) =>
      serve(transport, (token) => {
        const kind = kindOf(tokens, token);
        if (kind !== null) return principalOf(kind);
        const page = pages.of(token);
        return page === null ? null : principalOf('briefing', page);
      }),
  });

  origin = server.address;
  memory.begin();
  // Folders that were made just now are on the disk before anything in them is promised.
  await diskFiles.syncFolder(dataFolder);
  await redate.begin(tables.inForce());
  await Promise.all([resume.begin(), automatic.begin()]);
  alarms.begin();

  return {
    address: server.address,
    tokens,
    commands,
    cases,
    journal,
    projection,
    imports,
    audit,
    health,
    pageToken: (id) => pages.give(id).token,
    connect: (transport, kind) => serve(transport, () => principalOf(kind)),
    startSimulation: () => {
      simulator.start();
      patrols.start();
    },
    close: async () => {
      await server.close();
      sources['health.watch'].close();
      await Promise.all([imports.close(), componentImports.close()]);
      await simulator.close();
      await redate.drained();
      await queue.close();
      for (const step of undo.reverse()) await step();
    },
  };
}

/** A task whose first run may begin at once; `next` gives that one, then a new one at each call. */
function startedEarly<Outcome>(task: () => Promise<Outcome>, isWanted: boolean) {
  let early = isWanted ? task() : null;
  const settled = (early ?? Promise.resolve()).then(
    () => {},
    () => {},
  );
  const next = () => {
    const running = early ?? task();
    early = null;
    return running;
  };
  return { next, settled: () => settled };
}

/** Says on every screen when names and numbers can't be kept or shown, and why. */
function raiseStateOf(people: People, facts: HealthRegister): void {
  const state = people.state();
  if (state === 'open') return;
  const isEmpty = state === 'no_secret' || state === 'no_key_store';
  facts.raise({ id: 'people', severity: isEmpty ? 'info' : 'warning', code: `people_${state}`, detail: {} });
}

function newToken(): string {
  return randomBytes(24).toString('base64url');
}

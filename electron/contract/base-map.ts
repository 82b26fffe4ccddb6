import { Instant, Words, z } from './schema.ts';

/** Where tiles travel, outside the wire: this, then `ID/ZOOM/COLUMN/ROW`, over HTTP or under the `app:` scheme. */
export const baseMapPath = '/base-maps/';

/**
 * What the tiles' places are measured in. `wgs84` and `cgcs2000` are equal at this accuracy; `gcj02` and `bd09` are shifted
 * by hundreds of metres, differently at each place, so their pictures can't be laid under a true net (map-and-data.md GC4).
 */
const BaseMapCoordinates = z.enum(['wgs84', 'cgcs2000', 'gcj02', 'bd09']);

const Path = z.string().min(1).max(4_096);
const Address = z.string().trim().min(1).max(2_000);
const Zoom = z.int().min(0).max(20);
const Part = z.string().trim().min(1).max(120);

/**
 * Where tiles are. Files and folders stay where they are; `rows: 'south'` counts rows from the south (TMS). An `xyz` address
 * holds `{z}`, `{x}`, `{y}`, and `{key}` where a secret key goes; a `wmts` address is the one before `?` (天地图:
 * `http://HOST/img_w/wmts` with layer `img`, style `default`, matrix set `w`, format `tiles`).
 */
export const BaseMapSource = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('pmtiles'), path: Path }),
  z.strictObject({ kind: z.literal('mbtiles'), path: Path }),
  z.strictObject({ kind: z.literal('folder'), path: Path, rows: z.enum(['north', 'south']) }),
  z.strictObject({ kind: z.literal('xyz'), address: Address, minZoom: Zoom, maxZoom: Zoom }),
  z.strictObject({
    ...{ kind: z.literal('wmts'), address: Address, minZoom: Zoom, maxZoom: Zoom },
    ...{ layer: Part, style: z.string().trim().max(120), matrixSet: Part, format: Part },
  }),
]);
export type BaseMapSource = z.infer<typeof BaseMapSource>;
export type BaseMapKind = BaseMapSource['kind'];

/** What stands in the corner of the map: name, owner, approval number (审图号, empty: none) and day of the data. */
const about = {
  name: Words.max(60),
  owner: z.string().trim().max(80),
  approvalNumber: z.string().trim().max(60),
  date: z.union([z.iso.date(), z.literal('')]),
};

/** `key` is kept by the host and never given out again. */
export const BaseMapAdd = z.strictObject({
  ...about,
  source: BaseMapSource,
  coordinates: BaseMapCoordinates,
  key: z.string().trim().min(1).max(200).optional(),
});
export type BaseMapAdd = z.infer<typeof BaseMapAdd>;

/**
 * Why a base map can't be taken, or shows nothing now. `missing`: no such file or folder. `unreadable`: not the format, or
 * its index is damaged. `too_large`: MBTiles are read as a whole, up to 256 MiB. `vector`: tiles are no pictures.
 * `geographic`: a matrix set in degrees (天地图 `c`). `other_matrix`: the file names another projection. `bad_address`.
 * `elsewhere`: nothing in it shows the district. `damaged_tile`: a tile is no whole picture. `server_gone`: no answer in
 * time. `bad_status`: the server answers with an error. `key_refused`: 401 or 403. `redirected`: it sends elsewhere, which
 * is not followed. `not_a_picture`: it answers with something else. `no_tiles`: it has nothing here. `key_missing`: the key
 * is not in the data folder any more.
 */
export const baseMapReasons = [
  'missing',
  'unreadable',
  'too_large',
  'vector',
  'geographic',
  'other_matrix',
  'bad_address',
  'elsewhere',
  'damaged_tile',
  'server_gone',
  'bad_status',
  'key_refused',
  'redirected',
  'not_a_picture',
  'no_tiles',
  'key_missing',
] as const;
export type BaseMapReason = (typeof baseMapReasons)[number];

/** `place`: name of the file or folder, or the server. `problem`: why it shows nothing now, or not everything. */
export const BaseMap = z.object({
  ...{ id: z.string(), ...about },
  kind: z.enum(['pmtiles', 'mbtiles', 'folder', 'xyz', 'wmts']),
  coordinates: BaseMapCoordinates,
  place: z.string(),
  minZoom: z.int(),
  maxZoom: z.int(),
  /** Degrees: west, south, east, north; null: not told. */
  bounds: z.tuple([z.number(), z.number(), z.number(), z.number()]).nullable(),
  hasKey: z.boolean(),
  addedAt: Instant,
  addedBy: z.string(),
  problem: z.object({ reason: z.enum(baseMapReasons), since: Instant }).nullable(),
});
export type BaseMap = z.infer<typeof BaseMap>;

export const BaseMapList = z.object({ maps: z.array(BaseMap) });
export type BaseMapList = z.infer<typeof BaseMapList>;

export const BaseMapRef = z.strictObject({ id: z.string().min(1).max(80) });

import type { CoordinateSystem, Projection } from './coordinate-system.ts';
import { gaussKrugerZone } from './gauss-kruger.ts';

/**
 * What a file says of its own coordinates. `system` is null for what is named but not read here (Beijing 54, Xi'an 80,
 * web mercator …): such a file needs the customer's parameters or another export. Axis order is what the format asks for.
 */
export interface StatedSystem {
  /** As the file has it, shortened. */
  readonly words: string;
  readonly system: CoordinateSystem | null;
}

/** By a number of the EPSG register: 4326, 4490, and the strips of CGCS2000 (4491-4554). */
export function statedByEpsg(code: number): StatedSystem {
  return stated(`EPSG:${code}`, projectionOfEpsg(code));
}

/** By a name such as `EPSG:4490`, `urn:ogc:def:crs:EPSG::4527` or `urn:ogc:def:crs:OGC:1.3:CRS84`. */
export function statedByName(name: string): StatedSystem {
  if (/CRS:?84$/i.test(name)) return stated(shortened(name), { kind: 'wgs84' });
  const code = /EPSG:(?:[\d.]*:)?(\d{4,6})$/i.exec(name)?.[1];
  return stated(shortened(name), code === undefined ? null : projectionOfEpsg(Number(code)));
}

const KNOWN_DATUM =
  /WGS[ _]?(19)?84|World[ _]Geodetic[ _]System[ _]1984|CGCS[ _]?2000|China[ _]2000|China[ _]Geodetic[ _]Coordinate[ _]System[ _]2000/i;

/** By the text of a `.prj` file (well-known text as ESRI or OGC write it). */
export function statedByPrj(text: string): StatedSystem {
  const name = /^\s*\w+\s*\[\s*"([^"]*)"/.exec(text)?.[1] ?? shortened(text.trim());
  const datum = /(?:DATUM|ENSEMBLE)\s*\[\s*"([^"]*)"/i.exec(text)?.[1] ?? '';
  const isKnownDatum = KNOWN_DATUM.test(datum);
  if (!isKnownDatum) return stated(name, null);
  if (!/^\s*PROJC(S|RS)/i.test(text)) return stated(name, { kind: 'wgs84' });
  const isStrip = /Gauss[_ ]?Kruger|Transverse[_ ]Mercator/i.test(text);
  const centralMeridian = parameter(text, 'central_meridian|Longitude of natural origin');
  const falseEasting = parameter(text, 'false_easting');
  const scale = parameter(text, 'scale_factor') ?? 1;
  const origin = parameter(text, 'latitude_of_origin') ?? 0;
  if (!isStrip || centralMeridian === null || falseEasting === null || scale !== 1 || origin !== 0) {
    return stated(name, null);
  }
  const zone = (falseEasting - 500_000) / 1_000_000;
  if (zone === 0) return stated(name, { kind: 'gauss-kruger', centralMeridian, zone: null });
  const strip = gaussKrugerZone(zone);
  return stated(name, strip?.centralMeridian === centralMeridian ? strip : null);
}

function parameter(text: string, names: string): number | null {
  const value = new RegExp(`PARAMETER\\s*\\[\\s*"(?:${names})"\\s*,\\s*(-?[\\d.]+)`, 'i').exec(text)?.[1];
  return value === undefined ? null : Number(value);
}

/** 3° zones with number 4513 …, by meridian 4534 …; 6° zones with number 4491 …, by meridian 4502 …. */
function projectionOfEpsg(code: number): Projection | null {
  if (code === 4326 || code === 4490) return { kind: 'wgs84' };
  if (code >= 4491 && code <= 4501) return gaussKrugerZone(code - 4491 + 13);
  if (code >= 4502 && code <= 4512) return byMeridian(75 + (code - 4502) * 6);
  if (code >= 4513 && code <= 4533) return gaussKrugerZone(code - 4513 + 25);
  if (code >= 4534 && code <= 4554) return byMeridian(75 + (code - 4534) * 3);
  return null;
}

function byMeridian(centralMeridian: number): Projection {
  return { kind: 'gauss-kruger', centralMeridian, zone: null };
}

function stated(words: string, projection: Projection | null): StatedSystem {
  return { words, system: projection === null ? null : { projection, isSwapped: false } };
}

function shortened(text: string): string {
  return text.length > 120 ? `${text.slice(0, 119)}…` : text;
}

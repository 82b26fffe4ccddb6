/** Terms smaller than this share of the sum are left out. */
const NEGLIGIBLE = 1e-14;

/**
 * How likely so many or more are, of a count with this mean and variance: negative binomial where the variance is greater than
 * the mean, else Poisson. 1 for `seen` 0; 0 for a mean of 0 and anything seen.
 */
export function chanceOfSoMany(seen: number, mean: number, variance: number): number {
  if (seen <= 0) return 1;
  if (mean <= 0) return 0;
  const size = variance > mean * (1 + 1e-9) ? (mean * mean) / (variance - mean) : Infinity;
  const share = size === Infinity ? 0 : mean / (mean + size);
  const grows = (count: number) => (size === Infinity ? mean / (count + 1) : (share * (count + size)) / (count + 1));
  let term = Math.exp(logTerm(seen, mean, size));
  let sum = 0;
  for (let count = seen; ; count += 1) {
    sum += term;
    const growth = grows(count);
    term *= growth;
    // Up to the mean the terms still grow.
    if (growth < 1 && term <= sum * NEGLIGIBLE) return Math.min(1, sum);
  }
}

function logTerm(count: number, mean: number, size: number): number {
  if (size === Infinity) return count * Math.log(mean) - mean - logGamma(count + 1);
  const ways = logGamma(count + size) - logGamma(size) - logGamma(count + 1);
  return ways + size * Math.log(size / (size + mean)) + count * Math.log(mean / (size + mean));
}

/** ln Γ(x) for x > 0 by Stirling's series (Abramowitz and Stegun 6.1.41), after steps up to where it is exact. */
function logGamma(x: number): number {
  let shift = 0;
  let at = x;
  while (at < 12) {
    shift += Math.log(at);
    at += 1;
  }
  const inverse = 1 / at;
  const square = inverse * inverse;
  const series = inverse * (1 / 12 - square * (1 / 360 - square * (1 / 1_260 - square / 1_680)));
  return (at - 0.5) * Math.log(at) - at + 0.5 * Math.log(2 * Math.PI) + series - shift;
}

/** How likely a standard normal value is at least z: by its series near 0, by Laplace's continued fraction far out (A&S 26.2.11, 26.2.14). */
export function normalTail(z: number): number {
  if (z < 0) return 1 - normalTail(-z);
  const density = Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI);
  if (z < 3) {
    let term = z;
    let sum = z;
    for (let odd = 3; term > sum * NEGLIGIBLE; odd += 2) {
      term *= (z * z) / odd;
      sum += term;
    }
    return 0.5 - density * sum;
  }
  let fraction = z;
  for (let depth = 60; depth > 0; depth -= 1) fraction = z + depth / fraction;
  return density / fraction;
}

/**
 * Which of many tests are found when at most this share of what is found may be false (Benjamini and Hochberg, J. R. Stat. Soc. B
 * 57, 1995; it holds for tests that go together, as those of neighbours do: Benjamini and Yekutieli, Ann. Stat. 29, 2001).
 * Gives the largest chance that is found; 0 where none is.
 */
export function falseDiscoveryLimit(chances: readonly number[], share: number): number {
  const sorted = [...chances].sort((a, b) => a - b);
  const last = sorted.findLastIndex((chance, at) => chance <= (share * (at + 1)) / sorted.length);
  return last < 0 ? 0 : (sorted[last] ?? 0);
}

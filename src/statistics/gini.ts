/**
 * The Gini coefficient of quantities that are not negative: 0 where all have the same, and (n - 1) / n where one has all. Half the
 * mean difference between two of them, drawn with replacement, over their mean; null where there is none or their sum is 0.
 * O(n log n). Source: C. Gini, "Variabilità e mutabilità", 1912.
 */
export function gini(values: Float64Array): number | null {
  const sorted = values.slice().sort();
  const n = sorted.length;
  let [sum, weighted] = [0, 0];
  for (let rank = 0; rank < n; rank++) {
    sum += sorted[rank]!;
    weighted += (2 * rank + 1 - n) * sorted[rank]!;
  }
  return sum > 0 ? weighted / (n * sum) : null;
}

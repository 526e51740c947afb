/** A name as people read it, as in "Card holder" for `cardHolder`. */
export function words(name: string): string {
  return name
    .replaceAll("_", " ")
    .replace(/([a-z0-9])([A-Z])(?=[a-z])/g, (_, before: string, letter: string) => `${before} ${letter.toLowerCase()}`)
    .replace(/([a-z0-9])([A-Z])/g, "$1 $2")
    .replace(/^./, (letter) => letter.toUpperCase());
}

const whole = new Intl.NumberFormat("en");

export function numberOf(value: number): string {
  return whole.format(value);
}

/** A count with its noun, as in "1 run" or "2 runs". */
export function counted(count: number, noun: string): string {
  return `${numberOf(count)} ${noun}${count === 1 ? "" : "s"}`;
}

/** A share from 0 to 1, as in "98.5 %". */
export function percentOf(share: number): string {
  const percent = share * 100;
  return `${Number.isInteger(percent) ? percent : percent.toFixed(1)} %`;
}

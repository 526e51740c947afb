import type { ErrorGroupDetails } from "tenuto/client";
import { Section } from "../parts/page.tsx";
import { counted } from "../parts/words.ts";

const width = 240;
const height = 48;

/** Failures of each of the last 24 hours; told in words to who does not see them. */
export function GroupHours({ hours }: { readonly hours: ErrorGroupDetails["hours"] }) {
  const most = Math.max(1, ...hours.map(({ count }) => count));
  const each = width / Math.max(1, hours.length);
  const told = hours.filter(({ count }) => count > 0).map(({ from, count }) => `${hourOf(from)}: ${count}`);
  return (
    <Section title="The last 24 hours">
      <figure class="card hours">
        <svg
          viewBox={`0 0 ${width} ${height}`}
          preserveAspectRatio="none"
          role="img"
          aria-label={`Failures by hour. ${told.length === 0 ? "None" : told.join(", ")}`}
        >
          {hours.map(({ from, count }, index) => (
            <rect
              key={from}
              x={index * each + 1}
              width={Math.max(1, each - 2)}
              y={height - 1 - (count / most) * (height - 2)}
              height={1 + (count / most) * (height - 2)}
            >
              <title>{`${hourOf(from)}: ${counted(count, "failure")}`}</title>
            </rect>
          ))}
        </svg>
        <figcaption class="quiet">
          {hours[0]
            ? `From ${hourOf(hours[0].from)} to now. The highest is ${counted(most, "failure")} an hour.`
            : "None"}
        </figcaption>
      </figure>
    </Section>
  );
}

function hourOf(from: string): string {
  return new Date(from).toLocaleTimeString("en", { hour: "2-digit", minute: "2-digit", hour12: false });
}

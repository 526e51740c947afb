// What a deploy does with one schedule. What a hand has changed is left as it is, and told.

/** What a deploy does with a schedule: `kept` leaves one that is not as the code says. */
export type ScheduleChangeKind = "create" | "update" | "delete" | "unchanged" | "kept";

/** What is known of a schedule before a deploy. */
export interface ScheduleStanding {
  readonly app: string;
  /** The fingerprint of what the code declares; absent when it does not. */
  readonly declared?: string | undefined;
  /** Whether a deploy has made one of this id before. */
  readonly wasDeployed: boolean;
  /** What is on the server; absent when nothing is. */
  readonly found?:
    | {
        readonly fingerprint: string;
        /** Whether Tenuto has made it. */
        readonly isOurs: boolean;
        /** What Tenuto keeps with it; absent when something has replaced all of it. */
        readonly mark?:
          | {
              readonly app?: string | undefined;
              readonly applied?: string | undefined;
              readonly by?: string | undefined;
            }
          | undefined;
      }
    | undefined;
}

/** What to do, and why; `undefined` of a schedule that is no business of the app's. */
export interface PlannedSchedule {
  readonly change: ScheduleChangeKind;
  readonly why: string;
}

/** Decides what a deploy does with a schedule. */
export function planSchedule(standing: ScheduleStanding): PlannedSchedule | undefined {
  return standing.declared === undefined ? planGone(standing) : planDeclared(standing);
}

function planDeclared({ app, declared, wasDeployed, found }: ScheduleStanding): PlannedSchedule {
  if (!found) {
    const why = wasDeployed ? "It is in the code, and somebody has deleted it on the server" : "It is new in the code";
    return { change: "create", why };
  }
  const { mark, isOurs, fingerprint } = found;
  const isSame = fingerprint === declared;
  if (!isOurs) return kept("There is one of this id that Tenuto has not made");
  if (mark?.app !== undefined && mark.app !== app) return kept(`It is in the code of app "${mark.app}"`);
  if (isSame && mark?.app === app && mark.applied === declared)
    return { change: "unchanged", why: "It is as the code says" };
  if (isSame) return { change: "update", why: "It says what the code says: from now on it is the code's" };
  if (mark && mark.app === undefined) return kept("There is one of this id that was put over the API");
  if (mark?.applied === fingerprint) return { change: "update", why: "The code has changed" };
  return kept(`It was edited by hand${byWhom(mark)}`);
}

function planGone({ app, wasDeployed, found }: ScheduleStanding): PlannedSchedule | undefined {
  if (!found || !wasDeployed || !found.isOurs) return undefined;
  const { mark, fingerprint } = found;
  if (mark && mark.app !== app) return undefined;
  if (mark?.applied === fingerprint) return { change: "delete", why: "It is no longer in the code" };
  return kept(`It is no longer in the code, but was edited by hand${byWhom(mark)}`);
}

function byWhom(mark: { readonly by?: string | undefined } | undefined): string {
  return mark?.by === undefined ? " outside of Tenuto" : `, by ${mark.by}`;
}

function kept(why: string): PlannedSchedule {
  return { change: "kept", why };
}

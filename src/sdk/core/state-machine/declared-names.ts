// Types by which only targets, events and delays that there are compile. Names of states are looked up as `target-of.ts` does, from the inside out.
import type { StateDefinition } from "./definition.ts";

/** The names of states, and their paths down from here. */
export type PathsIn<States> = {
  [Name in keyof States & string]:
    Name | (States[Name] extends { readonly states: infer Inner } ? `${Name}.${PathsIn<Inner>}` : never);
}[keyof States & string];

/** What to hold a machine's states against: those that name a target, an event or a delay that is not there don't fit. */
export type WithDeclaredNames<States, Event, Delay, Outer extends string = never> = {
  readonly [Name in keyof States]: StateChecked<States[Name], Event, Delay, Outer | PathsIn<States>>;
};

/** No string is one of these, so that the compiler names it. */
interface NoSuchState<Name extends string> {
  readonly "there is no such state to be reached from here": Name;
}

interface NotDeclared<Name> {
  readonly "the machine declares no such name": Name;
}

type StateChecked<State, Event, Delay, Names extends string> = {
  readonly [Part in keyof State]: Part extends "on"
    ? TriggersChecked<State[Part], Event, Names>
    : Part extends "after"
      ? TriggersChecked<State[Part], Delay, Names>
      : Part extends "always" | "onDone" | "onError"
        ? AllChecked<State[Part], Names>
        : Part extends "invoke"
          ? InvokeChecked<State[Part], Names>
          : Part extends "states"
            ? WithDeclaredNames<State[Part], Event, Delay, Names>
            : Part extends "initial"
              ? TargetChecked<State[Part], State extends { readonly states: infer Inner } ? PathsIn<Inner> : never>
              : Part extends keyof StateDefinition<never>
                ? unknown
                : NotDeclared<Part>;
};

type TriggersChecked<On, Declared, Names extends string> = {
  readonly [Trigger in keyof On]: Trigger extends Declared ? AllChecked<On[Trigger], Names> : NotDeclared<Trigger>;
};

type InvokeChecked<Invoke, Names extends string> = {
  readonly [Part in keyof Invoke]: Part extends "onDone" | "onError" ? AllChecked<Invoke[Part], Names> : unknown;
};

// What is right is held against nothing at all: the compiler compares lists member by member, and says too much. No member
// of a transition but its target may be named here: the compiler would then guess what functions in it are given.
type AllChecked<Transitions, Names extends string> = Transitions extends readonly (infer One)[]
  ? ListChecked<TargetsOf<One>, Names>
  : OneChecked<Transitions, Names>;

type ListChecked<Targets, Names extends string> = [Targets] extends [Names]
  ? unknown
  : readonly { readonly target?: NoSuchState<Exclude<Targets & string, Names>> }[];

type OneChecked<Transition, Names extends string> = Transition extends { readonly target: infer Target }
  ? { readonly target: TargetChecked<Target, Names> }
  : unknown;

type TargetsOf<Transition> = Transition extends { readonly target: infer Target }
  ? Target extends readonly (infer Name)[]
    ? Name
    : Target
  : never;

type TargetChecked<Target, Names extends string> = Target extends Names
  ? unknown
  : Target extends string
    ? NoSuchState<Target>
    : Target extends readonly unknown[]
      ? { readonly [Index in keyof Target]: TargetChecked<Target[Index], Names> }
      : unknown;

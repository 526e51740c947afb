import { InvalidDefinition } from "../errors/invalid-definition.ts";
import { addTargets } from "./entry-set.ts";
import { domainOf } from "./exit-set.ts";
import { longestMarks, mostStateCharacters } from "./machine-marks.ts";
import {
  ancestorsOf,
  areBeside,
  type Edge,
  isWithin,
  type StateNode,
  triggers,
  withDescendants,
} from "./state-node.ts";

/** @throws {@link InvalidDefinition} when a machine has a state or transition that could only be a mistake. */
export function assertSound(root: StateNode, machine: string): void {
  const characters = longestMarks(root);
  if (characters > mostStateCharacters) {
    const remedy = `Lists find runs by their states: give at most ${mostStateCharacters}, by shorter names or fewer levels.`;
    refuse(`The paths of states that are active together in machine "${machine}"`, `${characters} characters`, remedy);
  }
  const nodes = withDescendants(root).slice(1);
  const edges = nodes.flatMap(edgesFrom);
  const reached = reachedFrom(root);
  for (const node of nodes) {
    const whose = `state "${node.path}" of machine "${machine}"`;
    for (const [trigger, choices] of node.edges) assertChoice(choices, `"${trigger}" of ${whose}`);
    if (!reached.has(node))
      refuse(whose, "no transition that leads to it", "Lead to it by a `target`, or leave it out.");
    if (node.invoke && !isFailureHandled(node))
      refuse(
        `\`invoke\` of ${whose}`,
        "no `onError`",
        'Say what is done when the step fails: give `onError` a transition, here or on a state around it, or "fail".',
      );
    if (node.kind === "atomic" && !edges.some((edge) => leavesFrom(edge, node)))
      refuse(whose, "no way out", 'Give it a transition with a `target`, or make it `type: "final"`.');
  }
}

function edgesFrom(node: StateNode): readonly Edge[] {
  return [...node.edges.values()].flat();
}

/** All that can be entered at all, whatever guards say. */
function reachedFrom(root: StateNode): ReadonlySet<StateNode> {
  const reached = new Set<StateNode>();
  addTargets(root.initial, root, reached);
  // What is added meanwhile is visited, too.
  for (const node of reached) {
    for (const edge of edgesFrom(node)) {
      const isFailure = edge.trigger === triggers.failed(node.path) || edge.trigger === triggers.failedIn(node.path);
      const domain = isFailure ? root : domainOf(edge);
      if (domain) addTargets(edge.targets, domain, reached);
    }
  }
  return reached;
}

/** Whether a transition may be taken while a state is active, and leaves it. */
function leavesFrom(edge: Edge, node: StateNode): boolean {
  const { source, trigger } = edge;
  const domain = domainOf(edge);
  if (!domain || !isWithin(node, domain)) return false;
  if (trigger === triggers.failed(source.path) || trigger === triggers.failedIn(source.path)) return false;
  if (source === node || areBeside(source, node)) return true;
  // What is around it is not done as long as this is active.
  return isWithin(node, source) && trigger !== triggers.done(source.path);
}

function isFailureHandled(node: StateNode): boolean {
  if (node.invoke?.failsRun || node.edges.has(triggers.failed(node.path))) return true;
  return [node, ...ancestorsOf(node)].some((each) => each.failsRun || each.edges.has(triggers.failedIn(each.path)));
}

function assertChoice(choices: readonly Edge[], what: string): void {
  const index = choices.findIndex(({ guard }) => !guard);
  if (index !== -1 && index < choices.length - 1)
    refuse(
      what,
      `a transition without a guard before ${choices.length - index - 1} more`,
      "Put it last, or give it a `guard`.",
    );
  const endless = choices.find(
    ({ guard, targets, trigger }) => trigger === triggers.always && !guard && targets.length === 0,
  );
  if (endless) refuse(what, "neither `guard` nor `target`", "It would be taken for ever. Give it one of both.");
}

function refuse(what: string, got: string, remedy: string): never {
  throw new InvalidDefinition({ what, got, remedy });
}

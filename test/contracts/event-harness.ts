import type { TestContext } from "node:test";
import type { EventTransport } from "tenuto";
import type { EventAdapter, IncomingEvent } from "tenuto/events";

/** A queue of one test, seen with the eyes of its senders and of the people who run its broker. */
export interface EventQueue<Transport extends EventTransport = EventTransport> {
  /** Plain data, as a process of its own gets it. */
  readonly transport: Transport;
  /** The variables that the transport names. */
  readonly variables: Readonly<Record<string, string>>;
  send(event: IncomingEvent): Promise<void>;
  /** What can't be read, in each way that there is with this broker, each with a text of its own. */
  readonly unreadable: readonly { readonly why: RegExp; send(mark: string): Promise<void> }[];
  /** How many are not acknowledged. Asked while nobody consumes. */
  left(): Promise<number>;
  /** How many the broker, or the adapter, has put with the dead ones. */
  dead(): Promise<number>;
}

/** What the suite needs of a broker. */
export interface EventHarness<Transport extends EventTransport = EventTransport> {
  readonly skip: string | false;
  /** How many messages are under way at most. */
  readonly prefetch: number;
  /** An empty queue, which has gone when the test ends. */
  open(t: TestContext): Promise<EventQueue<Transport>>;
  /** @default there is nothing that could be killed */
  readonly broker?: {
    kill(): Promise<void>;
    restart(): Promise<void>;
  };
  /** Whether several consumers may take from one queue. @default true */
  readonly isShared?: boolean;
  /** A module with `adapter`, which `startConsumers` does not know. @default it knows the transport */
  readonly adapter?: URL;
}

/** What such a module exports. */
export interface AdapterModule {
  readonly adapter: EventAdapter;
}

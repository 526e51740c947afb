// The parts of Temporal's event JSON that the diagram of a run is drawn from. A payload is `unknown`: it is there as its
// value, as `client.history` gives it, or encoded, as in a fixture.

/** An event, of which one of the attributes is there. */
export interface RecordedEvent {
  readonly eventId: string;
  readonly userMetadata?: { readonly summary?: unknown };
  readonly workflowExecutionStartedEventAttributes?: {
    readonly workflowType?: { readonly name?: string };
    readonly header?: RecordedHeader;
  };
  readonly activityTaskScheduledEventAttributes?: ScheduledActivity;
  readonly activityTaskStartedEventAttributes?: { readonly scheduledEventId: string; readonly attempt?: number };
  readonly activityTaskCompletedEventAttributes?: EndOfActivity;
  readonly activityTaskFailedEventAttributes?: EndOfActivity;
  readonly activityTaskTimedOutEventAttributes?: EndOfActivity;
  readonly activityTaskCanceledEventAttributes?: EndOfActivity;
  readonly startChildWorkflowExecutionInitiatedEventAttributes?: { readonly workflowType?: { readonly name?: string } };
  readonly startChildWorkflowExecutionFailedEventAttributes?: EndOfChild;
  readonly childWorkflowExecutionCompletedEventAttributes?: EndOfChild;
  readonly childWorkflowExecutionFailedEventAttributes?: EndOfChild;
  readonly childWorkflowExecutionTimedOutEventAttributes?: EndOfChild;
  readonly childWorkflowExecutionCanceledEventAttributes?: EndOfChild;
  readonly childWorkflowExecutionTerminatedEventAttributes?: EndOfChild;
  readonly timerStartedEventAttributes?: { readonly timerId?: string; readonly startToFireTimeout?: string };
  readonly timerFiredEventAttributes?: { readonly startedEventId: string };
  readonly workflowPropertiesModifiedEventAttributes?: { readonly upsertedMemo?: RecordedHeader };
  readonly workflowExecutionSignaledEventAttributes?: { readonly signalName?: string };
  readonly workflowExecutionUpdateAcceptedEventAttributes?: {
    readonly acceptedRequest?: { readonly input?: SentUpdate };
  };
  readonly workflowExecutionUpdateCompletedEventAttributes?: {
    readonly acceptedEventId: string;
    readonly outcome?: { readonly failure?: RecordedFailure };
  };
  readonly workflowExecutionCancelRequestedEventAttributes?: { readonly cause?: string };
  readonly workflowTaskFailedEventAttributes?: { readonly cause?: string; readonly failure?: RecordedFailure };
  readonly workflowExecutionCompletedEventAttributes?: object;
  readonly workflowExecutionFailedEventAttributes?: { readonly failure?: RecordedFailure };
  readonly workflowExecutionCanceledEventAttributes?: object;
  readonly workflowExecutionTerminatedEventAttributes?: { readonly reason?: string };
  readonly workflowExecutionTimedOutEventAttributes?: object;
  readonly workflowExecutionContinuedAsNewEventAttributes?: object;
}

export interface RecordedHeader {
  readonly fields?: Readonly<Record<string, unknown>>;
}

export interface ScheduledActivity {
  readonly activityType?: { readonly name?: string };
  readonly header?: RecordedHeader;
  readonly input?: unknown;
}

export interface EndOfActivity {
  readonly scheduledEventId: string;
  readonly failure?: RecordedFailure;
}

export interface EndOfChild {
  readonly initiatedEventId: string;
  readonly failure?: RecordedFailure;
}

export interface SentUpdate {
  readonly name?: string;
  readonly args?: { readonly payloads?: readonly unknown[] };
}

/** A failure; which of the infos is there says what kind it is. */
export interface RecordedFailure {
  readonly cause?: RecordedFailure;
  readonly applicationFailureInfo?: {
    readonly type?: string;
    readonly details?: { readonly payloads?: readonly unknown[] };
  };
  readonly timeoutFailureInfo?: object;
  readonly canceledFailureInfo?: object;
  readonly activityFailureInfo?: object;
  readonly childWorkflowExecutionFailureInfo?: object;
}

// The parts of the API's events of a history that the timeline is drawn from; payloads stand there as their values.

/** A failure; which of the infos is there says what kind it is. */
export interface EventFailure {
  readonly message?: string;
  readonly cause?: EventFailure;
  readonly applicationFailureInfo?: { readonly type?: string };
  readonly timeoutFailureInfo?: object;
  readonly canceledFailureInfo?: object;
  readonly activityFailureInfo?: object;
  readonly childWorkflowExecutionFailureInfo?: object;
}

export interface CallEnd {
  readonly scheduledEventId?: string;
  readonly initiatedEventId?: string;
  readonly failure?: EventFailure;
}

interface Header {
  readonly fields?: Readonly<Record<string, unknown>>;
}

interface Payloads {
  readonly payloads?: readonly unknown[];
}

/** An event, of which one of the attributes is there. */
export interface TimelineEvent {
  readonly eventId: string;
  readonly eventTime: string;
  readonly eventType: string;
  readonly runId?: string;
  readonly workflowExecutionStartedEventAttributes?: { readonly input?: Payloads };
  readonly activityTaskScheduledEventAttributes?: {
    readonly activityId?: string;
    readonly activityType?: { readonly name?: string };
    readonly header?: Header;
    readonly input?: Payloads;
  };
  readonly activityTaskStartedEventAttributes?: {
    readonly scheduledEventId: string;
    readonly attempt?: number;
    readonly lastFailure?: EventFailure;
  };
  readonly activityTaskCompletedEventAttributes?: CallEnd & { readonly result?: Payloads };
  readonly activityTaskFailedEventAttributes?: CallEnd;
  readonly activityTaskTimedOutEventAttributes?: CallEnd;
  readonly activityTaskCanceledEventAttributes?: CallEnd;
  readonly startChildWorkflowExecutionInitiatedEventAttributes?: {
    readonly workflowType?: { readonly name?: string };
    readonly workflowId?: string;
    readonly input?: Payloads;
  };
  readonly startChildWorkflowExecutionFailedEventAttributes?: CallEnd;
  readonly childWorkflowExecutionCompletedEventAttributes?: CallEnd & { readonly result?: Payloads };
  readonly childWorkflowExecutionFailedEventAttributes?: CallEnd;
  readonly childWorkflowExecutionTimedOutEventAttributes?: CallEnd;
  readonly childWorkflowExecutionCanceledEventAttributes?: CallEnd;
  readonly childWorkflowExecutionTerminatedEventAttributes?: CallEnd;
  readonly workflowExecutionSignaledEventAttributes?: { readonly signalName?: string; readonly input?: Payloads };
  readonly workflowExecutionUpdateAcceptedEventAttributes?: {
    readonly acceptedRequest?: { readonly input?: { readonly name?: string; readonly args?: Payloads } };
  };
  readonly workflowExecutionCancelRequestedEventAttributes?: { readonly cause?: string };
  readonly workflowTaskFailedEventAttributes?: { readonly cause?: string; readonly failure?: EventFailure };
  readonly workflowExecutionTerminatedEventAttributes?: { readonly reason?: string };
}

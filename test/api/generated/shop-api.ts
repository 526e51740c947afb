// Made by openapi-typescript. UPDATE_SNAPSHOTS=1 npm test -- test/api/typed-client.test.ts
export interface paths {
  "/healthz": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Says that the process lives */
    get: operations["checkHealth"];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/readyz": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Says whether Temporal can be reached, and whether a worker polls */
    get: operations["checkReadiness"];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/metrics": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Tells the numbers of this process to Prometheus */
    get: operations["getMetrics"];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/v1/session": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Says who asks, and what a page has to send along */
    get: operations["getSession"];
    put?: never;
    /** Signs a browser in: sets a cookie that scripts can't read */
    post: operations["signIn"];
    /** Signs a browser out */
    delete: operations["signOut"];
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/v1/workflow-types": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Lists what can be started, with JSON Schemas */
    get: operations["listWorkflowTypes"];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/v1/workflow-types/{type}": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Describes a workflow, with JSON Schemas */
    get: operations["getWorkflowType"];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/v1/workflow-types/fulfillOrder/runs": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Starts a run of fulfillOrder
     * @description Reserves stock, charges the card, books the shipment and sends the receipt. Above 50,000 cents it waits up to a day until somebody completes its task `approveOrder`, or a system sends the signal `approve`. A card that can't be charged for now parks it: an operator decides. What it did is undone when it can't finish.
     */
    post: operations["startRun_fulfillOrder"];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/v1/workflow-types/returnRequest/runs": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Starts a run of returnRequest
     * @description Waits up to 14 days for the goods of an order: the warehouse sends `inspect`. Then it pays back and restocks at the same time. When the goods are not as they should be, or a step failed for good, people `decide` or `settle` it.
     */
    post: operations["startRun_returnRequest"];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/v1/workflow-types/dailyDigest/runs": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Starts a run of dailyDigest
     * @description Mails whoever looks after the shop where to see the orders of the day before.
     */
    post: operations["startRun_dailyDigest"];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/v1/workflow-types/{type}/runs": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Starts a run */
    post: operations["startRun"];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/v1/runs": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Lists runs, newest first */
    get: operations["listRuns"];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/v1/run-counts": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Counts runs by status */
    get: operations["countRuns"];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/v1/runs/{workflowId}": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Describes a run */
    get: operations["getRun"];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/v1/runs/{workflowId}/result": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Tells how a run ended, also when it failed */
    get: operations["getResult"];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/v1/runs/{workflowId}/history": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Gives the events of a run, decoded */
    get: operations["getHistory"];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/v1/runs/{workflowId}/events": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Streams the events of a run as they come */
    get: operations["streamEvents"];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/v1/runs/{workflowId}/diagram": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Draws what a run is in, or what it did, in Mermaid */
    get: operations["getDiagram"];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/v1/runs/{workflowId}/signals/approve": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Sends a run a signal: approve
     * @description Of runs of `fulfillOrder`.
     */
    post: operations["sendSignal_approve"];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/v1/runs/{workflowId}/signals/{name}": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Sends a run a signal */
    post: operations["sendSignal"];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/v1/runs/{workflowId}/queries/{name}": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Asks a run something */
    post: operations["queryRun"];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/v1/runs/{workflowId}/updates/inspect": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Tells a run something, and asks for its answer: inspect
     * @description Of runs of `returnRequest`.
     */
    post: operations["updateRun_inspect"];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/v1/runs/{workflowId}/updates/decide": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Tells a run something, and asks for its answer: decide
     * @description Of runs of `returnRequest`.
     */
    post: operations["updateRun_decide"];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/v1/runs/{workflowId}/updates/settle": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Tells a run something, and asks for its answer: settle
     * @description Of runs of `returnRequest`.
     */
    post: operations["updateRun_settle"];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/v1/runs/{workflowId}/updates/{name}": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Tells a run something, and asks for its answer */
    post: operations["updateRun"];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/v1/runs/{workflowId}/updates/inspect/{updateId}": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Tells how an update ended: inspect
     * @description Of runs of `returnRequest`.
     */
    get: operations["getUpdate_inspect"];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/v1/runs/{workflowId}/updates/decide/{updateId}": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Tells how an update ended: decide
     * @description Of runs of `returnRequest`.
     */
    get: operations["getUpdate_decide"];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/v1/runs/{workflowId}/updates/settle/{updateId}": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Tells how an update ended: settle
     * @description Of runs of `returnRequest`.
     */
    get: operations["getUpdate_settle"];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/v1/runs/{workflowId}/updates/{name}/{updateId}": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Tells how an update ended */
    get: operations["getUpdate"];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/v1/runs/{workflowId}/cancel": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Cancels a run; what it did is undone */
    post: operations["cancelRun"];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/v1/runs/{workflowId}/terminate": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Ends a run at once; nothing is undone */
    post: operations["terminateRun"];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/v1/runs/{workflowId}/pause": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Holds a run at its next step */
    post: operations["pauseRun"];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/v1/runs/{workflowId}/resume": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Lets a paused run go on */
    post: operations["resumeRun"];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/v1/runs/{workflowId}/skip": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Lets a run go on without a step that is held or parked */
    post: operations["skipStep"];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/v1/runs/{workflowId}/reset": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Lets a run that failed go on from before that, by its dead letter */
    post: operations["resetRun"];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/v1/dead-letters": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Lists failures that nobody has dealt with */
    get: operations["listDeadLetters"];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/v1/dead-letters/{id}": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Describes a dead letter */
    get: operations["getDeadLetter"];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/v1/dead-letters/{id}/redrive": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Makes a dead letter go again */
    post: operations["redriveDeadLetter"];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/v1/dead-letters/{id}/discard": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Closes a dead letter that is dealt with otherwise */
    post: operations["discardDeadLetter"];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/v1/dead-letters/{id}/notes": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Adds a note to a dead letter */
    post: operations["noteDeadLetter"];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/v1/error-groups": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Lists patterns of failures */
    get: operations["listErrorGroups"];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/v1/error-groups/{fingerprint}": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Describes an error group */
    get: operations["getErrorGroup"];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/v1/error-groups/{fingerprint}/resolve": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Says that a pattern of failures is mended; one more makes it regressed */
    post: operations["resolveErrorGroup"];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/v1/error-groups/{fingerprint}/ignore": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Has nobody told of a pattern of failures, for ever or until it gets worse */
    post: operations["ignoreErrorGroup"];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/v1/error-groups/{fingerprint}/reopen": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Opens an error group that was resolved or ignored */
    post: operations["reopenErrorGroup"];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/v1/error-groups/{fingerprint}/assign": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Says who takes care of an error group */
    post: operations["assignErrorGroup"];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/v1/error-groups/{fingerprint}/notes": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Adds a note to an error group */
    post: operations["noteErrorGroup"];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/v1/alerts": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Lists alerts, the one that was raised last first */
    get: operations["listAlerts"];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/v1/alerts/{id}/acknowledge": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Takes an alert on, so that it escalates no further */
    post: operations["acknowledgeAlert"];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/v1/batch-operations": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Lists batch operations, newest first */
    get: operations["listBatches"];
    put?: never;
    /** Redrives or discards many dead letters, or cancels, terminates or signals many runs */
    post: operations["startBatch"];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/v1/batch-operations/{id}": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Tells where a batch operation stands */
    get: operations["getBatch"];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/v1/batch-operations/{id}/items": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Lists what became of the items of a batch operation, oldest first */
    get: operations["listBatchItems"];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/v1/batch-operations/{id}/stop": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Has a batch operation begin no further item */
    post: operations["stopBatch"];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/v1/alert-rules": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Lists the rules by which alerts are raised */
    get: operations["listAlertRules"];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/v1/alert-rules/{id}": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Describes an alert rule */
    get: operations["getAlertRule"];
    /** Adds an alert rule, or edits one, which then wins over code until it is deleted */
    put: operations["putAlertRule"];
    post?: never;
    /** Deletes what was put; the rule of the code, or the shipped one, is back */
    delete: operations["deleteAlertRule"];
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/v1/alert-rules/{id}/dry-run": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Says what a rule would have raised over the last day */
    post: operations["tryAlertRule"];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/v1/audit": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Lists what operators did, and were refused, newest first */
    get: operations["listAudit"];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/v1/task-queues": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Lists the task queues, with what waits there */
    get: operations["listTaskQueues"];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/v1/doctor": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Looks at all that Tenuto needs, and says what to do about what is missing */
    get: operations["diagnose"];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/v1/workers": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Lists the workers of each task queue */
    get: operations["listWorkers"];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/v1/codec/encode": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Encrypts payloads, for the Temporal Web UI and CLI */
    post: operations["encodePayloads"];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/v1/codec/decode": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Decrypts payloads, for the Temporal Web UI and CLI */
    post: operations["decodePayloads"];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/v1/runs/{workflowId}/state": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Tells what the state machine of a run is in, and what it takes */
    get: operations["getMachineState"];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/v1/runs/{workflowId}/rewind": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Brings the state machine of a run back to an earlier state */
    post: operations["rewindRun"];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/v1/tasks": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Lists tasks that wait for people, the one that is due first, first */
    get: operations["listTasks"];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/v1/tasks/{taskId}": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Describes a task */
    get: operations["getTask"];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/v1/tasks/{taskId}/claim": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Says that the caller works on a task, so that nobody else does */
    post: operations["claimTask"];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/v1/tasks/{taskId}/release": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Gives back a task that is claimed */
    post: operations["releaseTask"];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/v1/tasks/{taskId}/complete": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Answers a task */
    post: operations["completeTask"];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/v1/tasks/{taskId}/reject": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Refuses what a task asks for */
    post: operations["rejectTask"];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/v1/tasks/{taskId}/escalate": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Asks those of a task's escalation besides, without waiting for it */
    post: operations["escalateTask"];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/v1/tasks/{taskId}/reassign": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Says who may answer a task from now on, and nobody else */
    post: operations["reassignTask"];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/v1/tasks/{taskId}/comments": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Says something about a task */
    post: operations["commentOnTask"];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/v1/task-links/show": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Shows the task that a link is for, and changes nothing */
    post: operations["showLinkedTask"];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/v1/task-links/answer": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Answers the task that a link is for, once */
    post: operations["answerLinkedTask"];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/v1/schedules": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Lists schedules */
    get: operations["listSchedules"];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/v1/schedules/deploy": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Brings the schedules of the code to the server, or says what that would do */
    post: operations["deploySchedules"];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/v1/schedules/{id}": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Describes a schedule: what it says, when it is due, what it has started */
    get: operations["getSchedule"];
    /** Makes a schedule, or edits one, which no deploy changes until it is deleted */
    put: operations["putSchedule"];
    post?: never;
    /** Deletes a schedule, or the edit of one; what the code says is back */
    delete: operations["deleteSchedule"];
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/v1/schedules/{id}/pause": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Lets nothing be due until it is resumed */
    post: operations["pauseSchedule"];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/v1/schedules/{id}/resume": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Lets runs be due again */
    post: operations["resumeSchedule"];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/v1/schedules/{id}/trigger": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Starts a run now */
    post: operations["triggerSchedule"];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/v1/schedules/{id}/backfill": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Starts runs for due times that are over and have none */
    post: operations["backfillSchedule"];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/v1/webhooks/{source}": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Takes an event that a source has signed */
    post: operations["receiveWebhook"];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/v1/event-sources": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Lists the event sources, and how their consumers stand */
    get: operations["listEventSources"];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/v1/event-sources/{name}/pause": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Has no process take events of a source until it is resumed */
    post: operations["pauseEventSource"];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/v1/event-sources/{name}/resume": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Has the events of a source taken again */
    post: operations["resumeEventSource"];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/v1/event-windows": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Lists the windows of events, the one that began last first */
    get: operations["listEventWindows"];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/v1/event-windows/{id}": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Describes a window of events */
    get: operations["getEventWindow"];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/v1/task-queues/{name}/rate": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    /** Limits how many steps of a task queue begin in a second */
    put: operations["setQueueRate"];
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/v1/lanes": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Lists the lanes that runs are in, those that began last first */
    get: operations["listLanes"];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/v1/lanes/{id}": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Shows a lane: who is at work, and who waits */
    get: operations["getLane"];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/v1/metrics/summary": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Tells what has closed within a window, beside the period before, and what is open */
    get: operations["getMetricsSummary"];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/v1/metrics/timeseries": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Tells what has closed within a window, part by part */
    get: operations["getMetricsTimeseries"];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/v1/metrics/stream": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Streams runs that start and close, and the summary as it changes */
    get: operations["streamMetrics"];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
}
export type webhooks = Record<string, never>;
export interface components {
  schemas: {
    /** @description Why a run, or a step, did not succeed */
    RunError: {
      /** @description The name of a declared error, or the class of another */
      type: string;
      message: string;
      /** @description The activity that failed */
      step?: string;
      /** @description What a declared error carries */
      data?: unknown;
      cause?: components["schemas"]["RunError"];
    };
    /** @description By the contract; what it redacts is replaced */
    "fulfillOrder.Error.NotApproved.Data": {
      /** @enum {string} */
      reason: "rejected" | "unanswered";
      by?: string;
    };
    "fulfillOrder.Error.NotApproved": {
      /** @constant */
      type: "NotApproved";
      message: string;
      /** @description The activity that failed */
      step?: string;
      data: components["schemas"]["fulfillOrder.Error.NotApproved.Data"];
      cause?: components["schemas"]["RunError"];
    };
    "fulfillOrder.Error": components["schemas"]["fulfillOrder.Error.NotApproved"] | components["schemas"]["RunError"];
    /**
     * @description Checked by the contract before it is sent on
     * @example {
     *       "id": "o-1",
     *       "customer": "ada@example.com",
     *       "card": "ok",
     *       "address": "1 Main St",
     *       "lines": [
     *         {
     *           "sku": "mug",
     *           "quantity": 2,
     *           "unitCents": 1200
     *         }
     *       ]
     *     }
     */
    "fulfillOrder.Input": {
      id: string;
      customer: string;
      card: string;
      address: string;
      lines: {
        sku: string;
        quantity: number;
        unitCents: number;
      }[];
    };
    /** @description By the contract; what it redacts is replaced */
    "fulfillOrder.Result": {
      orderId: string;
      reservationId: string;
      chargeId: string;
      shipmentId: string;
      trackingNumber: string;
    };
    /** @description Checked by the contract before it is sent on */
    "fulfillOrder.Signal.approve": {
      approved: boolean;
      by: string;
    };
    /**
     * @description Checked by the contract before it is sent on
     * @example {
     *       "orderId": "o-1",
     *       "chargeId": "ch_1",
     *       "amountCents": 2400,
     *       "lines": [
     *         {
     *           "sku": "mug",
     *           "quantity": 2
     *         }
     *       ]
     *     }
     */
    "returnRequest.Input": {
      orderId: string;
      chargeId: string;
      amountCents: number;
      lines: {
        sku: string;
        quantity: number;
      }[];
    };
    /** @description By the contract; what it redacts is replaced */
    "returnRequest.Result": {
      /** @enum {string} */
      outcome: "closed" | "expired" | "rejected" | "settled";
      repaymentId?: string;
      restocked: boolean;
    };
    /** @description Checked by the contract before it is sent on */
    "returnRequest.Update.inspect.Input": {
      ok: boolean;
      note?: string;
    };
    /** @description By the contract; what it redacts is replaced */
    "returnRequest.Update.inspect.Result": {
      state: string[];
      /** @enum {string} */
      status: "active" | "done";
      transition: number;
      failed?: {
        step: string;
        type: string;
      };
    };
    /** @description Checked by the contract before it is sent on */
    "returnRequest.Update.decide.Input": {
      approved: boolean;
      note?: string;
    };
    /** @description By the contract; what it redacts is replaced */
    "returnRequest.Update.decide.Result": {
      state: string[];
      /** @enum {string} */
      status: "active" | "done";
      transition: number;
      failed?: {
        step: string;
        type: string;
      };
    };
    /** @description Checked by the contract before it is sent on */
    "returnRequest.Update.settle.Input": {
      note: string;
    };
    /** @description By the contract; what it redacts is replaced */
    "returnRequest.Update.settle.Result": {
      state: string[];
      /** @enum {string} */
      status: "active" | "done";
      transition: number;
      failed?: {
        step: string;
        type: string;
      };
    };
    /** @description Checked by the contract before it is sent on */
    "dailyDigest.Input": {
      /** Format: email */
      to: string;
    };
    /** @description By the contract; what it redacts is replaced */
    "dailyDigest.Result": {
      messageId: string;
    };
    /** @description What went wrong, by RFC 9457 */
    Problem: {
      type: string;
      title: string;
      status: number;
      /**
       * @description Stable; a program may decide by it
       * @enum {string}
       */
      code:
        | "BAD_REQUEST"
        | "MALFORMED_URL"
        | "NOT_UTF8"
        | "NOT_JSON"
        | "TOO_DEEP"
        | "INVALID_REQUEST"
        | "INVALID_CURSOR"
        | "UNAUTHENTICATED"
        | "TASK_LINK_INVALID"
        | "WEBHOOK_NOT_SIGNED"
        | "FORBIDDEN"
        | "INVALID_EVENT_ID"
        | "CSRF_TOKEN_MISSING"
        | "NOT_YOUR_TASK"
        | "NOT_FOUND"
        | "UNKNOWN_WORKFLOW_TYPE"
        | "RUN_NOT_FOUND"
        | "UNKNOWN_SIGNAL"
        | "UNKNOWN_QUERY"
        | "UNKNOWN_QUEUE"
        | "UNKNOWN_UPDATE"
        | "UPDATE_NOT_FOUND"
        | "INCIDENT_NOT_FOUND"
        | "DEAD_LETTER_NOT_FOUND"
        | "ALERT_NOT_FOUND"
        | "LANE_NOT_FOUND"
        | "BATCH_NOT_FOUND"
        | "ERROR_GROUP_NOT_FOUND"
        | "ALERT_RULE_NOT_FOUND"
        | "SCHEDULE_NOT_FOUND"
        | "EVENT_SOURCE_NOT_FOUND"
        | "TASK_NOT_FOUND"
        | "NO_STATE_MACHINE"
        | "METHOD_NOT_ALLOWED"
        | "REQUEST_TIMEOUT"
        | "ENCRYPTION_OFF"
        | "RUN_ALREADY_STARTED"
        | "RUN_CLOSED"
        | "UPDATE_REJECTED"
        | "INCIDENT_DECIDED"
        | "STEP_NOT_WAITING"
        | "REDRIVE_UNSOUND"
        | "DEAD_LETTER_NOT_OPEN"
        | "ALERT_NOT_OPEN"
        | "BATCH_NOT_RUNNING"
        | "SCHEDULE_BUSY"
        | "SCHEDULE_IN_CODE"
        | "TASK_CLOSED"
        | "TASK_CLAIMED"
        | "TASK_ANSWERED"
        | "EVENT_NOT_ALLOWED"
        | "TRANSITION_IN_PROGRESS"
        | "REWIND_NOT_ALLOWED"
        | "TASK_LINK_GONE"
        | "BODY_TOO_LARGE"
        | "PAYLOAD_TOO_LARGE"
        | "UNSUPPORTED_MEDIA_TYPE"
        | "INVALID_BODY"
        | "INVALID_INPUT"
        | "QUERY_FAILED"
        | "IDEMPOTENCY_KEY_REUSED"
        | "RATE_LIMITED"
        | "WINDOW_FULL"
        | "CONCURRENCY_LIMIT"
        | "TOO_MANY_REQUESTS"
        | "TOO_MANY_STREAMS"
        | "HEADERS_TOO_LARGE"
        | "INTERNAL"
        | "DECRYPTION_FAILED"
        | "TEMPORAL_REFUSED"
        | "TEMPORAL_UNAVAILABLE"
        | "ISSUER_UNAVAILABLE"
        | "EVENT_SOURCE_PAUSED"
        | "NO_WORKER_POLLING"
        | "RUN_NOT_ANSWERING";
      detail: string;
      requestId: string;
      errors?: components["schemas"]["ValidationIssue"][];
      workflowId?: string;
      runId?: string;
      decided?: components["schemas"]["DecidedIncident"];
      open?: ({
        id: string;
        step: string;
      } & {
        [key: string]: unknown;
      })[];
      waiting?: {
        step: string;
        key: string;
      }[];
      modes?: string[];
      ended?: {
        status: components["schemas"]["TaskStatus"];
        /** Format: date-time */
        at: string;
        /** @description Absent where time, or the end of the run, did it */
        by?: string;
        reason?: string;
        answer?: unknown;
        /** @description Whether nobody answered, and the default counts */
        isDefault?: boolean;
      };
      by?: string;
      audience?: {
        roles: string[];
        assignees: string[];
      };
      state?: string[];
      allowed?: string[];
      moving?: components["schemas"]["MachineMoving"];
      limit?: number;
      holders?: number;
      deadLetterId?: string;
    };
    /** @description A place in a JSON value, as a JSON pointer, and what is wrong there */
    ValidationIssue: {
      pointer: string;
      message: string;
    };
    DecidedIncident: {
      id: string;
      step: string;
      /** @enum {string} */
      action: "retry" | "complete" | "fail" | "skip" | "cancel";
      by?: string;
      /** Format: date-time */
      at: string;
    };
    /** @enum {string} */
    TaskStatus: "open" | "claimed" | "completed" | "rejected" | "timedOut" | "canceled";
    /** @description A transition whose steps have not ended */
    MachineMoving: {
      cause: components["schemas"]["MachineCause"];
      /** Format: date-time */
      since: string;
      /** @description The steps that are to succeed before it counts */
      steps: string[];
    };
    /** @description Why a state machine moved */
    MachineCause:
      | {
          /** @constant */
          kind: "start";
        }
      | {
          /** @constant */
          kind: "event";
          event: string;
          by?: string;
        }
      | {
          /** @constant */
          kind: "timeout";
          state: string;
          after: string;
        }
      | {
          /** @constant */
          kind: "output";
          state: string;
          step: string;
        }
      | {
          /** @constant */
          kind: "failure";
          state: string;
          step: string;
          error: string;
        }
      | {
          /** @constant */
          kind: "rewind";
          to: string;
          by: string;
          reason: string;
        }
      | {
          /** @constant */
          kind: "migration";
          fromVersion: number;
        };
    Readiness: {
      /** @enum {string} */
      status: "ok" | "unavailable" | "stopping";
      checks: {
        temporal: {
          ok: boolean;
          detail?: string;
        };
        workers: {
          ok: boolean;
          pollers: number;
          taskQueue: string;
          queues: {
            queue: string;
            ok: boolean;
            pollers: number;
            taskQueue: string;
          }[];
        };
        /** @description What the server has not of what Tenuto uses; it makes nothing unready */
        lacks?: string[];
      };
    };
    Metrics: string;
    WorkflowType: {
      name: string;
      description: string;
      /** @enum {string} */
      idempotency: "once-per-id" | "retry-if-failed" | "allow-duplicate";
      sla?: string | number;
      deadline?: string | number;
      lane?: {
        priority?: number;
        fairnessKey?: string;
        fairnessWeight?: number;
        /** @description Whether a run's input makes its fairness key */
        isKeyOfInput: boolean;
      };
      /** @description How many runs may be at work at once */
      concurrency?: {
        limit: number;
        /** @enum {string} */
        onLimit: "wait" | "reject" | "cancel-oldest";
        /** @description Whether the limit is one of each key, and not of the type */
        isByKey: boolean;
      };
      /** @description A JSON Schema */
      input: {
        [key: string]: unknown;
      };
      /** @description A JSON Schema */
      output: {
        [key: string]: unknown;
      };
      signals: {
        [key: string]: {
          [key: string]: unknown;
        };
      };
      queries: {
        [key: string]: {
          /** @description A JSON Schema */
          input: {
            [key: string]: unknown;
          };
          /** @description A JSON Schema */
          output: {
            [key: string]: unknown;
          };
        };
      };
      updates: {
        [key: string]: {
          /** @description A JSON Schema */
          input: {
            [key: string]: unknown;
          };
          /** @description A JSON Schema */
          output: {
            [key: string]: unknown;
          };
        };
      };
      machine?: components["schemas"]["StateMachine"];
      errors: {
        [key: string]: {
          [key: string]: unknown;
        };
      };
    };
    /** @description The newest version of a state machine */
    StateMachine: {
      name: string;
      version: number;
      description: string;
      /** @description The paths of its states, in document order */
      states: string[];
      /** @description Each is among the updates */
      events: string[];
      outline: components["schemas"]["MachineOutline"];
      /** @description Its diagram */
      mermaid: string;
    };
    /** @description The states and transitions of a state machine, to draw it by */
    MachineOutline: {
      /** @description The paths of the states that it begins in */
      initial: string[];
      /** @description In document order: after each state, those that are in it */
      states: {
        path: string;
        /** @enum {string} */
        kind: "atomic" | "compound" | "parallel" | "final";
        /** @description The paths of what is entered with it */
        initial: string[];
        /** @description The step by which it is entered */
        step?: string;
      }[];
      transitions: {
        from: string;
        /** @description Empty when it leaves its state as it is */
        to: string[];
        on: components["schemas"]["MachineTrigger"];
        /** @description Whether a condition has to hold besides */
        isGuarded: boolean;
      }[];
    };
    /** @description What a transition is taken on */
    MachineTrigger:
      | {
          /** @constant */
          kind: "event";
          event: string;
        }
      | {
          /** @constant */
          kind: "after";
          after: string;
        }
      | {
          /** @constant */
          kind: "always";
        }
      | {
          /** @constant */
          kind: "done";
        }
      | {
          /** @constant */
          kind: "output";
          step: string;
        }
      | {
          /** @constant */
          kind: "failure";
          step: string;
        }
      | {
          /** @constant */
          kind: "failureWithin";
        };
    /** @description Which work goes first where work waits: the smaller priority (3 if not given); of one priority, work is shared out among fairness keys by their weight (1 if not given) */
    StartLane: {
      /** @enum {number} */
      priority?: 1 | 2 | 3 | 4 | 5;
      /** @description 1 to 64 bytes, in clear text */
      fairnessKey?: string;
      fairnessWeight?: number;
    };
    /** @enum {string} */
    RunStatus: "running" | "completed" | "failed" | "canceled" | "terminated" | "timedOut" | "continuedAsNew";
    RunLinks: {
      self: string;
      result: string;
      history: string;
      temporalUi?: string;
    };
    RunPage: {
      items: components["schemas"]["RunSummary"][];
      /** @description Where the next page begins */
      nextCursor: string | null;
    };
    RunSummary: {
      workflowId: string;
      runId: string;
      type: string;
      status: components["schemas"]["RunStatus"];
      /** Format: date-time */
      startedAt: string;
      /** Format: date-time */
      closedAt?: string;
      taskQueue: string;
      historyLength?: number;
      marks: ("parked" | "paused" | "partial" | "waiting")[];
      machine?: components["schemas"]["MachineBrief"];
      links: components["schemas"]["RunLinks"];
    };
    /** @description What a state machine is in, and takes */
    MachineBrief: {
      machine: string;
      version: number;
      /** @enum {string} */
      status: "active" | "done";
      /** @description The paths of the innermost active states */
      state: string[];
      /** @description The events that active states take */
      allowed: string[];
    };
    RunCounts: {
      total: number;
      byStatus: {
        running: number;
        completed: number;
        failed: number;
        canceled: number;
        terminated: number;
        timedOut: number;
        continuedAsNew: number;
      };
    };
    Run: {
      workflowId: string;
      runId: string;
      type: string;
      status: components["schemas"]["RunStatus"];
      /** Format: date-time */
      startedAt: string;
      /** Format: date-time */
      closedAt?: string;
      taskQueue: string;
      historyLength: number;
      marks: ("parked" | "paused" | "partial" | "waiting")[];
      machine?: components["schemas"]["MachineBrief"];
      links: components["schemas"]["RunLinks"];
      requestId?: string;
      lane?: components["schemas"]["Lane"];
      pendingSteps: {
        activityId: string;
        type: string;
        attempt: number;
        maxAttempts?: number;
        /** @enum {string} */
        state: "scheduled" | "started" | "cancelRequested" | "paused" | "pauseRequested";
        lastFailure?: {
          type: string;
          message: string;
        };
        /** Format: date-time */
        nextRetryAt?: string;
        /** Format: date-time */
        lastStartedAt?: string;
      }[];
      incidents: components["schemas"]["Incident"][];
      tasks: components["schemas"]["Task"][];
      paused?: {
        by: string;
        reason: string;
        /** Format: date-time */
        at: string;
      };
      /** @description The lane in which it waits for its slot; the position is absent behind the first 20 */
      waitingFor?: {
        lane: string;
        position?: number;
      };
      account?: components["schemas"]["RunAccount"];
      droppedSignals: {
        count: number;
        last: {
          name: string;
          issues: components["schemas"]["ValidationIssue"][];
        }[];
      };
    };
    /** @description Which work goes first where work waits: the smaller priority (3 if not given); of one priority, work is shared out among fairness keys by their weight (1 if not given) */
    Lane: {
      priority?: number;
      fairnessKey?: string;
      fairnessWeight?: number;
    };
    /** @description A step, or an undo, that is parked until somebody decides */
    Incident: {
      id: string;
      /** @enum {string} */
      kind: "step" | "undo";
      step: string;
      key?: string;
      undoes?: {
        step: string;
        key: string;
      };
      /** Format: date-time */
      since: string;
      error: {
        type: string;
        message: string;
      };
    };
    /** @description A question that a run puts to people */
    Task: {
      taskId: string;
      status: components["schemas"]["TaskStatus"];
      type: string;
      title: string;
      workflowId: string;
      runId: string;
      workflowType: string;
      runStatus: components["schemas"]["RunStatus"];
      tenant?: string;
      /** @description What is asked, without what contracts redact */
      data?: unknown;
      /** @description JSON Schema of an answer */
      schema: {
        [key: string]: unknown;
      };
      /** @description Who has one of these task roles may answer */
      roles: string[];
      /** @description Who may answer by name */
      assignees: string[];
      /** Format: date-time */
      openedAt: string;
      /** Format: date-time */
      dueAt?: string;
      overdue: boolean;
      /**
       * Format: date-time
       * @description When it ends by itself
       */
      timesOutAt?: string;
      claimed?: {
        by: string;
        /** Format: date-time */
        at: string;
      };
      /** Format: date-time */
      escalatedAt?: string;
      /** @description How many of how many have to agree */
      quorum?: {
        approve: number;
        of: number;
      };
      votes?: {
        answer?: unknown;
        by: string;
        /** Format: date-time */
        at: string;
      }[];
      rejections?: {
        by: string;
        /** Format: date-time */
        at: string;
        reason: string;
      }[];
      comments: {
        by: string;
        text: string;
        /** Format: date-time */
        at: string;
      }[];
      ended?: {
        status: components["schemas"]["TaskStatus"];
        /** Format: date-time */
        at: string;
        /** @description Absent where time, or the end of the run, did it */
        by?: string;
        reason?: string;
        answer?: unknown;
        /** @description Whether nobody answered, and the default counts */
        isDefault?: boolean;
      };
    };
    /** @description What the sagas of a run did, and what it waits for */
    RunAccount: {
      steps: {
        step: string;
        key?: string;
        /** @enum {string} */
        state:
          | "pending"
          | "held"
          | "parked"
          | "done"
          | "skipped"
          | "unknown"
          | "failed"
          | "undoing"
          | "undone"
          | "undoFailed";
        /** Format: date-time */
        scheduledAt: string;
        /** Format: date-time */
        endedAt?: string;
        /** Format: date-time */
        undoneAt?: string;
      }[];
      stepCount: number;
      pendingUndos?: number;
      held: {
        step: string;
        key: string;
      }[];
      incidents: components["schemas"]["Incident"][];
      decided: components["schemas"]["DecidedIncident"][];
      paused?: {
        by: string;
        reason: string;
        /** Format: date-time */
        at: string;
      };
      deadline?: {
        ms: number;
        exceeded: boolean;
      };
    };
    History: {
      events: ({
        eventId: string;
        /** Format: date-time */
        eventTime: string;
        eventType: string;
      } & {
        [key: string]: unknown;
      })[];
    };
    DeadLetterPage: {
      items: components["schemas"]["DeadLetter"][];
      /** @description Where the next page begins */
      nextCursor: string | null;
    };
    /** @description A failure that nobody has dealt with */
    DeadLetter: {
      id: string;
      /** @enum {string} */
      status: "open" | "redriving" | "resolved" | "discarded";
      /** @enum {string} */
      kind: "parked" | "failed" | "timedOut" | "terminated" | "stuck" | "partial" | "poison";
      workflowId: string;
      runId: string;
      type: string;
      step?: string;
      error: {
        type: string;
        message: string;
      };
      fingerprint: string;
      count: number;
      /** Format: date-time */
      firstSeenAt: string;
      /** Format: date-time */
      lastSeenAt: string;
      incidents?: components["schemas"]["Incident"][];
      openEffects?: {
        step: string;
        key?: string;
        error: {
          type: string;
          message: string;
        };
      }[];
      closed?: {
        by: string;
        reason: string;
        /** Format: date-time */
        at: string;
      };
      /** @description Of an event that could not be taken */
      event?: {
        app: string;
        source: string;
        id?: string;
        type?: string;
        /** @description The window that has refused it, which starts runs of many events */
        window?: string;
        /**
         * @description What the input is: the event's data; or what came and can't be read
         * @enum {string}
         */
        content: "data" | "json" | "text" | "base64";
      };
      modes: ("continue" | "restart" | "compensate" | "fail")[];
    };
    /** @description A failure with all that is known about it */
    DeadLetterDetails: {
      id: string;
      /** @enum {string} */
      status: "open" | "redriving" | "resolved" | "discarded";
      /** @enum {string} */
      kind: "parked" | "failed" | "timedOut" | "terminated" | "stuck" | "partial" | "poison";
      workflowId: string;
      runId: string;
      type: string;
      step?: string;
      error: {
        type: string;
        message: string;
      };
      fingerprint: string;
      count: number;
      /** Format: date-time */
      firstSeenAt: string;
      /** Format: date-time */
      lastSeenAt: string;
      incidents?: components["schemas"]["Incident"][];
      openEffects?: {
        step: string;
        key?: string;
        error: {
          type: string;
          message: string;
        };
      }[];
      closed?: {
        by: string;
        reason: string;
        /** Format: date-time */
        at: string;
      };
      /** @description Of an event that could not be taken */
      event?: {
        app: string;
        source: string;
        id?: string;
        type?: string;
        /** @description The window that has refused it, which starts runs of many events */
        window?: string;
        /**
         * @description What the input is: the event's data; or what came and can't be read
         * @enum {string}
         */
        content: "data" | "json" | "text" | "base64";
      };
      modes: ("continue" | "restart" | "compensate" | "fail")[];
      input?: unknown;
      inputTruncated?: boolean;
      failure: components["schemas"]["ErrorChain"];
      attempts: {
        attempt: number;
        /** Format: date-time */
        startedAt?: string;
        /** Format: date-time */
        closedAt?: string;
        error?: {
          type: string;
          message: string;
        };
      }[];
      workerIdentity?: string;
      buildId?: string;
      parentWorkflowId?: string;
      /** @enum {string} */
      compensation: "none" | "complete" | "partial" | "interrupted";
      /** Format: date-time */
      closedAt?: string;
      /** Format: date-time */
      resettableUntil?: string;
      notes: {
        by: string;
        note: string;
        /** Format: date-time */
        at: string;
      }[];
      redrives: {
        /** @enum {string} */
        mode: "continue" | "restart" | "compensate" | "fail";
        by: string;
        reason: string;
        /** Format: date-time */
        at: string;
        newRunId?: string;
        newWorkflowId?: string;
        batchId?: string;
        outcome?: string;
      }[];
      siblings: {
        count: number;
        ids: string[];
      };
      links: components["schemas"]["RunLinks"];
    };
    /** @description An error, and what caused it */
    ErrorChain: {
      type: string;
      message: string;
      cause?: components["schemas"]["ErrorChain"];
    };
    ErrorGroupPage: {
      items: components["schemas"]["ErrorGroup"][];
      /** @description Where the next page begins */
      nextCursor: string | null;
    };
    /** @description All failures of one pattern */
    ErrorGroup: {
      fingerprint: string;
      type: string;
      step?: string;
      /** @description Whether they are events: then `type` is their source, and `step` their type */
      isOfEvents?: boolean;
      tenant?: string;
      /** @description What the messages have in common */
      pattern: string;
      error: {
        type: string;
        message: string;
      };
      /** @enum {string} */
      status: "open" | "regressed" | "resolved" | "ignored";
      count: number;
      /** Format: date-time */
      firstSeenAt: string;
      /** Format: date-time */
      lastSeenAt: string;
      /** @description Failures of the last 50 to 60 minutes */
      lastHour: number;
      /** @description Of all grouped failures of its workflow type, and of its step there */
      share: {
        ofType: number;
        ofStep: number;
      };
      /** @description Failures by kind */
      kinds: {
        [key: string]: number;
      };
      /** @description Failures by build, the most first */
      builds: {
        buildId: string;
        count: number;
        share: number;
      }[];
      sample: {
        /** Format: date-time */
        at: string;
        /** @enum {string} */
        kind: "parked" | "failed" | "timedOut" | "terminated" | "stuck" | "partial" | "poison";
        buildId?: string;
        letterId: string;
        workflowId: string;
        runId: string;
      };
      resolved?: {
        by: string;
        reason: string;
        /** Format: date-time */
        at: string;
      };
      ignored?: {
        by: string;
        reason: string;
        /** Format: date-time */
        at: string;
        until?: {
          /** Format: date-time */
          at?: string;
          count?: number;
          perHour?: number;
        };
      };
      regression?: {
        /** Format: date-time */
        at: string;
        buildId?: string;
        because: string;
      };
      regressions: number;
      assignee?: string;
    };
    /** @description An error group with all that is known of it */
    ErrorGroupDetails: {
      fingerprint: string;
      type: string;
      step?: string;
      /** @description Whether they are events: then `type` is their source, and `step` their type */
      isOfEvents?: boolean;
      tenant?: string;
      /** @description What the messages have in common */
      pattern: string;
      error: {
        type: string;
        message: string;
      };
      /** @enum {string} */
      status: "open" | "regressed" | "resolved" | "ignored";
      count: number;
      /** Format: date-time */
      firstSeenAt: string;
      /** Format: date-time */
      lastSeenAt: string;
      /** @description Failures of the last 50 to 60 minutes */
      lastHour: number;
      /** @description Of all grouped failures of its workflow type, and of its step there */
      share: {
        ofType: number;
        ofStep: number;
      };
      /** @description Failures by kind */
      kinds: {
        [key: string]: number;
      };
      /** @description Failures by build, the most first */
      builds: {
        buildId: string;
        count: number;
        share: number;
      }[];
      sample: {
        /** Format: date-time */
        at: string;
        /** @enum {string} */
        kind: "parked" | "failed" | "timedOut" | "terminated" | "stuck" | "partial" | "poison";
        buildId?: string;
        letterId: string;
        workflowId: string;
        runId: string;
      };
      resolved?: {
        by: string;
        reason: string;
        /** Format: date-time */
        at: string;
      };
      ignored?: {
        by: string;
        reason: string;
        /** Format: date-time */
        at: string;
        until?: {
          /** Format: date-time */
          at?: string;
          count?: number;
          perHour?: number;
        };
      };
      regression?: {
        /** Format: date-time */
        at: string;
        buildId?: string;
        because: string;
      };
      regressions: number;
      assignee?: string;
      /** @description Failures by hour, the last 24 */
      hours: {
        /** Format: date-time */
        from: string;
        count: number;
      }[];
      /** @description Failures by day of UTC, the last 90 that had any */
      days: {
        day: string;
        count: number;
      }[];
      notes: {
        by: string;
        note: string;
        /** Format: date-time */
        at: string;
      }[];
      deadLetters: {
        ids: string[];
        isComplete: boolean;
      };
      links: components["schemas"]["RunLinks"];
    };
    AlertPage: {
      items: components["schemas"]["Alert"][];
      /** @description Where the next page begins */
      nextCursor: string | null;
    };
    /** @description What a rule has found about one subject */
    Alert: {
      id: string;
      /** @description The id of the rule that raised it */
      rule: string;
      /** @description What it is about: the same subject is one alert */
      subject: string;
      /** @enum {string} */
      severity: "info" | "warning" | "error" | "critical";
      title: string;
      text: string;
      links: {
        [key: string]: string;
      };
      readonly channels: string[];
      tenant?: string;
      /** @enum {string} */
      status: "open" | "acknowledged" | "resolved";
      /** @description How many occurrences it stands for */
      count: number;
      /** Format: date-time */
      firstAt: string;
      /** Format: date-time */
      lastAt: string;
      acknowledged?: {
        by: string;
        reason: string;
        /** Format: date-time */
        at: string;
      };
      /** Format: date-time */
      escalatedAt?: string;
      resolved?: {
        reason: string;
        /** Format: date-time */
        at: string;
      };
    };
    BatchPage: {
      items: components["schemas"]["Batch"][];
      /** @description Where the next page begins */
      nextCursor: string | null;
    };
    /** @description One thing done to many dead letters, or runs */
    Batch: {
      id: string;
      /** @enum {string} */
      action: "redrive" | "discard" | "cancel" | "terminate" | "signal";
      /** @description As it was given; of `ids`, the first 20 */
      filter: {
        [key: string]: unknown;
      };
      by: string;
      reason: string;
      /** @enum {string} */
      mode?: "continue" | "restart" | "compensate" | "fail";
      signal?: {
        name: string;
      };
      ratePerSecond: number;
      dryRun: boolean;
      tenant?: string;
      /** Format: date-time */
      startedAt: string;
      /** @enum {string} */
      status: "collecting" | "running" | "stopping" | "stopped" | "completed";
      /** @description The rest of `total` is pending */
      progress: {
        total: number;
        done: number;
        refused: number;
        failed: number;
        skipped: number;
      };
      /** @description Whether more was found than one batch takes: what came last is left out */
      truncated: boolean;
      stopped?: {
        by: string;
        reason: string;
        /** Format: date-time */
        at: string;
      };
      /** Format: date-time */
      closedAt?: string;
    };
    BatchItemPage: {
      items: components["schemas"]["BatchItem"][];
      /** @description Where the next page begins */
      nextCursor: string | null;
    };
    BatchItem: {
      /** @description Of the dead letter; of a run, its workflow id */
      id: string;
      workflowId: string;
      /** @enum {string} */
      outcome: "pending" | "done" | "refused" | "failed" | "skipped";
      /** @description What was done, or would be */
      what?: string;
      /** @description Why it was not */
      message?: string;
      /** Format: date-time */
      at?: string;
    };
    /** @description What an alert is raised about, and who is told */
    AlertRule: {
      id: string;
      title: string;
      condition:
        | {
            /** @constant */
            kind: "groupNew";
            type?: string;
          }
        | {
            /** @constant */
            kind: "groupRegressed";
            type?: string;
          }
        | {
            /** @constant */
            kind: "stuckRun";
            type?: string;
          }
        | {
            /** @constant */
            kind: "undoParked";
            type?: string;
          }
        | {
            /** @constant */
            kind: "sagaPartial";
            type?: string;
          }
        | {
            /** @constant */
            kind: "failures";
            type?: string;
            count: number;
            windowMs: number;
          }
        | {
            /** @constant */
            kind: "failureRate";
            type?: string;
            abovePercent: number;
            windowMs: number;
            minRuns: number;
          }
        | {
            /** @constant */
            kind: "lettersOlder";
            type?: string;
            olderThanMs: number;
          }
        | {
            /** @constant */
            kind: "noPoller";
            forMs: number;
          }
        | {
            /** @constant */
            kind: "slaBreach";
            type?: string;
            windowMs: number;
          }
        | {
            /** @constant */
            kind: "latency";
            type: string;
            percentile: number;
            aboveMs: number;
            windowMs: number;
            minRuns: number;
          }
        | {
            /** @constant */
            kind: "backlog";
            queue?: string;
            above: number;
          }
        | {
            /** @constant */
            kind: "oldestTask";
            queue?: string;
            olderThanMs: number;
          }
        | {
            /** @constant */
            kind: "humanTasksOlder";
            type?: string;
            olderThanMs: number;
          }
        | {
            /** @constant */
            kind: "sourceLag";
            source?: string;
            above: number;
          };
      /** @enum {string} */
      severity: "info" | "warning" | "error" | "critical";
      channels: string[];
      coolDownMs?: number;
      escalation?: {
        afterMs: number;
        channels: string[];
      };
      isEnabled: boolean;
      /**
       * @description `api`: somebody has put it, and no deploy changes it
       * @enum {string}
       */
      origin: "shipped" | "code" | "api";
      /**
       * @description What is back when this is deleted
       * @enum {string}
       */
      original?: "shipped" | "code";
      /** @description Who changed it last */
      changed?: {
        by: string;
        reason: string;
        /** Format: date-time */
        at: string;
      };
    };
    /** @description What a rule would have raised over the last day */
    AlertRuleTrial: {
      /** Format: date-time */
      since: string;
      /** Format: date-time */
      until: string;
      alerts: {
        subject: string;
        title: string;
        text: string;
        tenant?: string;
        /** Format: date-time */
        at: string;
      }[];
      /** @description Whether there was more to read than a trial reads */
      truncated: boolean;
      /** @description What nobody can know of the past */
      leavesOut?: string;
    };
    AuditPage: {
      items: components["schemas"]["AuditEntry"][];
      /** @description Where the next page begins */
      nextCursor: string | null;
    };
    /** @description What somebody did, or was refused */
    AuditEntry: {
      id: string;
      /**
       * Format: date-time
       * @description When the server recorded it, before it was done
       */
      at: string;
      /** @description Absent for somebody who is not known */
      actor?: {
        name: string;
        role: string;
      };
      tenant?: string;
      /** @description The `operationId` of what was called */
      action: string;
      /** @description What it was done to */
      target: {
        [key: string]: string;
      };
      reason?: string;
      requestId: string;
      /**
       * @description `unknown` is under way, or its end was lost: it may have been done
       * @enum {string}
       */
      outcome: "done" | "refused" | "failed" | "unknown";
      status?: number;
      code?: string;
    };
    Diagnosis: {
      /**
       * @description The worst of the findings; `failed` when something needed is missing
       * @enum {string}
       */
      status: "ok" | "warning" | "failed";
      findings: {
        what: string;
        /** @enum {string} */
        status: "ok" | "warning" | "failed";
        got: string;
        todo?: string;
      }[];
    };
    /** @description What the state machine of a run is in */
    MachineState: {
      workflowId: string;
      runId: string;
      runStatus: components["schemas"]["RunStatus"];
      machine: string;
      version: number;
      /** @enum {string} */
      status: "active" | "done";
      /** @description The paths of the innermost active states */
      state: string[];
      /** @description The events that it takes now; a guard may refuse one by its data */
      allowed: string[];
      /** @description The states that an operator may bring it back to */
      rewindable: string[];
      deadlines: {
        state: string;
        /** @description As the definition has it: a duration, or the name of a delay */
        after: string;
        /** Format: date-time */
        at: string;
      }[];
      /** @description The last ones, oldest first */
      transitions: {
        number: number;
        /** Format: date-time */
        at: string;
        cause: components["schemas"]["MachineCause"];
        /** @description The paths of the innermost active states */
        state: string[];
      }[];
      moving?: components["schemas"]["MachineMoving"];
      /** @description What it remembers, without what contracts redact; absent when no worker answers */
      context?: unknown;
    };
    TaskPage: {
      items: components["schemas"]["Task"][];
      /** @description Where the next page begins */
      nextCursor: string | null;
    };
    /** @description What a link shows of its task */
    LinkedTask: {
      title: string;
      type: string;
      status: components["schemas"]["TaskStatus"];
      /** @description What is asked, without what contracts redact */
      data?: unknown;
      /** @description JSON Schema of an answer */
      schema: {
        [key: string]: unknown;
      };
      /** Format: date-time */
      dueAt?: string;
      overdue: boolean;
    };
    AnsweredTask: {
      title: string;
      type: string;
      status: components["schemas"]["TaskStatus"];
    };
    SchedulePage: {
      items: components["schemas"]["ScheduleSummary"][];
      /** @description Where the next page begins */
      nextCursor: string | null;
    };
    /** @description What a list says of a schedule */
    ScheduleSummary: {
      id: string;
      at: components["schemas"]["ScheduleTime"][];
      timeZone: string;
      type: string;
      /** @description Absent while it is not paused */
      paused?: {
        /** @description Why */
        note: string;
      };
      /** @description When runs are due next, the first five */
      nextAt: string[];
      /** @description The last five, newest first */
      recent: components["schemas"]["ScheduledRun"][];
    };
    /** @description When a schedule is due: by a cron of five fields, a calendar, or an interval */
    ScheduleTime:
      | {
          /** @constant */
          kind: "cron";
          cron: string;
        }
      | {
          /** @constant */
          kind: "calendar";
          second?: (string | number) | (string | number)[];
          minute?: (string | number) | (string | number)[];
          hour?: (string | number) | (string | number)[];
          dayOfMonth?: (string | number) | (string | number)[];
          month?: (string | number) | (string | number)[];
          year?: (string | number) | (string | number)[];
          dayOfWeek?: (string | number) | (string | number)[];
        }
      | {
          /** @constant */
          kind: "every";
          every: string;
          offset?: string;
        };
    /** @description A run that a schedule has started */
    ScheduledRun: {
      /** Format: date-time */
      dueAt: string;
      /** Format: date-time */
      startedAt: string;
      workflowId: string;
      runId: string;
      /** @description As the schedule has heard of it; it looks when another run is due */
      status?: components["schemas"]["RunStatus"];
      links: components["schemas"]["RunLinks"];
    };
    /** @description What a deploy of schedules does, by id */
    ScheduleDeploy: {
      dryRun: boolean;
      /** @description Why nothing was done: newer code was deployed */
      superseded?: {
        /** Format: date-time */
        at: string;
        by: string;
      };
      changes: {
        id: string;
        /** @enum {string} */
        change: "create" | "update" | "delete" | "unchanged" | "kept";
        differences: {
          field: string;
          server?: unknown;
          code?: unknown;
        }[];
        why: string;
      }[];
    };
    /** @description All that is known of a schedule */
    Schedule: {
      id: string;
      /** @enum {string} */
      origin: "code" | "api" | "foreign";
      /** @description Whose code it is in */
      app?: string;
      /** @description Whether it says something else than the code that was deployed last */
      isEdited: boolean;
      spec: components["schemas"]["ScheduleSpec"];
      /** @description What this app's code says, where that is something else */
      code?: components["schemas"]["ScheduleSpec"];
      changed?: {
        by: string;
        reason: string;
        /** Format: date-time */
        at: string;
      };
      /** @description What is set without Tenuto, and a PUT drops */
      besides: string[];
      /** @description Absent while it is not paused */
      paused?: {
        /** @description Why */
        note: string;
      };
      /** @description When runs are due next, the first ten; also of one that is paused */
      nextAt: string[];
      running: {
        workflowId: string;
        runId: string;
        links: components["schemas"]["RunLinks"];
      }[];
      /** @description The last ten, newest first */
      recent: components["schemas"]["ScheduledRun"][];
      counts: {
        started: number;
        /** @description Due while the server was away, and longer ago than the catch-up window */
        missed: number;
        /** @description Not started because the one before had not ended */
        overlapSkipped: number;
        /** @description Lost because too many waited */
        bufferDropped: number;
        /** @description That wait now */
        buffered: number;
      };
      /** Format: date-time */
      createdAt: string;
      /** Format: date-time */
      updatedAt?: string;
    };
    /** @description What a schedule says */
    ScheduleSpec: {
      at: components["schemas"]["ScheduleTime"][];
      /** @description Calendars by which it is not due */
      except?: {
        [key: string]: string;
      }[];
      timeZone: string;
      /** Format: date-time */
      startAt?: string;
      /** Format: date-time */
      endAt?: string;
      /** @description A number and ms, s, m, h or d */
      jitter?: string;
      /** @description The workflow whose runs it starts */
      type: string;
      /** @description Without what contracts redact */
      input?: unknown;
      lane?: components["schemas"]["Lane"];
      /** @enum {string} */
      overlap: "skip" | "bufferOne" | "bufferAll" | "cancelOther" | "terminateOther" | "allowAll";
      /** @description A number and ms, s, m, h or d */
      catchUpWindow: string;
      pauseOnFailure: boolean;
      description: string;
    };
    /** @description What became of a trigger */
    ScheduleTrigger: {
      /** @enum {string} */
      outcome: "started" | "skipped" | "buffered" | "unknown";
      run?: components["schemas"]["ScheduledRun"];
    };
    /** @description What a backfill does */
    ScheduleBackfill: {
      /** @description Due times for which a run is started */
      starting: string[];
      /** @description Due times that have a run already */
      existing: string[];
      dryRun: boolean;
    };
    TakenWebhook: {
      /** @enum {string} */
      outcome: "accepted" | "duplicate" | "filtered" | "unmatched" | "challenged";
      /** @description What the source asked to be answered with */
      challenge?: string;
      workflowId?: string;
      /**
       * @description The event waits there for others; the run comes when it closes. `workflowId` is that of the window
       * @enum {string}
       */
      window?: "debounce" | "batch" | "singleton" | "latestWins";
      runId?: string;
      /** @description Of an event that nothing is done with, which is kept */
      deadLetterId?: string;
      /** @description The types of events that the source takes */
      known?: string[];
    };
    /** @description Where events come from, and how their consumers stand */
    EventSource: {
      name: string;
      /** @description By what its events come, such as `webhook` or `rabbitmq` */
      kind: string;
      description: string;
      events: {
        type: string;
        /** @enum {string} */
        does: "start" | "signal" | "update";
        workflow: string;
        /** @description Of the signal or the update */
        name?: string;
      }[];
      /**
       * @description The worst of its processes. `holding`: Temporal does not take what came; `reconnecting`: the broker is away; `off`: its address or secret is not set; `unknown`: no process has told of late.
       * @enum {string}
       */
      state: "consuming" | "holding" | "reconnecting" | "paused" | "stopped" | "off" | "unknown";
      /** @description While somebody has it paused */
      paused?: {
        by: string;
        reason: string;
        /** Format: date-time */
        at: string;
      };
      /**
       * Format: date-time
       * @description The oldest report that the numbers are from; without it there are none
       */
      asOf?: string;
      /** @description Events that are under way, in all processes */
      inFlight?: number;
      /** @description Events that were settled in the last minute, by all processes */
      ratePerMinute?: number;
      /** @description Events that wait at the broker */
      backlog?: number;
      /** Format: date-time */
      lastEventAt?: string;
      lastError?: string;
      /** Format: date-time */
      lastErrorAt?: string;
      /** @description Of posted events, in the last minute */
      outcomes?: {
        accepted: number;
        duplicate: number;
        refused: number;
        failed: number;
      };
      /**
       * Format: date-time
       * @description When `backlog` was so
       */
      backlogAt?: string;
      /** @description Who takes its events; the one that told last, first */
      processes: {
        process: string;
        /**
         * Format: date-time
         * @description When it told how it stands
         */
        at: string;
        ageMs: number;
        /** @description Its next report is due: nobody knows how it stands */
        isLate: boolean;
        /** @enum {string} */
        state: "consuming" | "holding" | "reconnecting" | "paused" | "stopped" | "off";
        inFlight: number;
        /** @description Events, since the process began */
        settled: number;
        settledLastMinute: number;
        /** @description Events that wait at the broker */
        backlog?: number;
        /** Format: date-time */
        lastEventAt?: string;
        lastError?: string;
        /** Format: date-time */
        lastErrorAt?: string;
        /** @description Of posted events, in the last minute */
        outcomes?: {
          accepted: number;
          duplicate: number;
          refused: number;
          failed: number;
        };
      }[];
    };
    /** @description What gathers events of one key for one run */
    EventWindow: {
      id: string;
      app: string;
      source: string;
      /** @description Of the events */
      type: string;
      /** @description What the rule's `key` gave, if it has one */
      key?: string;
      /** @enum {string} */
      kind: "debounce" | "batch" | "singleton" | "latestWins";
      /** @description The events that have not become a run yet */
      waiting: {
        events: number;
        bytes: number;
        /** Format: date-time */
        since?: string;
        /** Format: date-time */
        closesAt?: string;
      };
      /** @description The list whose run is being started; with why that has not worked yet */
      starting?: {
        events: number;
        /** Format: date-time */
        since: string;
        failure?: {
          type: string;
          message: string;
          /** Format: date-time */
          at: string;
        };
      };
      /** @description The run that the next one waits for */
      run?: {
        workflowId: string;
        /** @description Of the first of the runs that continue each other */
        runId: string;
        /** Format: date-time */
        since: string;
        /** Format: date-time */
        cancelAskedAt?: string;
      };
      lastRun?: {
        workflowId: string;
        /** @description Of the first of the runs that continue each other */
        runId: string;
        /** Format: date-time */
        at: string;
      };
      /** @description Since the window is there */
      counts: {
        events: number;
        duplicates: number;
        superseded: number;
        started: number;
        refused: number;
      };
      /** @description Lists that no run takes, the last 20 */
      refusals: {
        /** Format: date-time */
        at: string;
        events: number;
        error: {
          type: string;
          message: string;
        };
        deadLetterIds: string[];
      }[];
    };
    /** @description The rates of a task queue, by all workers together */
    QueueRate: {
      /** @description Steps that begin in a second at most; null is no limit */
      perSecond: number | null;
      /** @description Of each fairness key, times its weight */
      perKeyPerSecond: number | null;
      changed?: {
        by: string;
        reason: string;
        /** Format: date-time */
        at: string;
      };
      perKeyChanged?: {
        by: string;
        reason: string;
        /** Format: date-time */
        at: string;
      };
    };
    ConcurrencyLanePage: {
      items: components["schemas"]["ConcurrencyLane"][];
      /** @description Where the next page begins */
      nextCursor: string | null;
    };
    /** @description Runs that share a limit */
    ConcurrencyLane: {
      id: string;
      /** @description Of its runs */
      type: string;
      /** @description What its runs have in common; without it all runs of the type share the lane */
      key?: string;
      /** @description How many may be at work at once */
      limit: number;
      /** @enum {string} */
      onLimit: "wait" | "reject" | "cancel-oldest";
      /** @description The runs at work, the one that has been longest in the lane first */
      holders: {
        workflowId: string;
        /** @description Of the first of the runs that continue each other; empty while a start is under way */
        runId: string;
        /** Format: date-time */
        since: string;
        /** Format: date-time */
        cancelAskedAt?: string;
      }[];
      waiting: {
        runs: number;
        /** @description The first 20, in the order in which they get their slots */
        first: {
          workflowId: string;
          runId: string;
          /** Format: date-time */
          since: string;
        }[];
      };
      /** @description Since the lane is there */
      counts: {
        granted: number;
        refused: number;
        canceled: number;
        turnedAway: number;
      };
    };
    /** @description What has closed within a window, beside the period before, and what is open */
    MetricsSummary: {
      /** @enum {string} */
      window: "1h" | "24h" | "7d" | "30d";
      /** Format: date-time */
      from: string;
      /** Format: date-time */
      to: string;
      before: {
        /** Format: date-time */
        from: string;
        /** Format: date-time */
        to: string;
      };
      /**
       * Format: date-time
       * @description Up to when closed runs are counted
       */
      asOf: string;
      /** @description Sentences for people: what these numbers don't include */
      leavesOut: string[];
      total: {
        now: components["schemas"]["RunNumbers"];
        before: components["schemas"]["RunNumbers"];
      };
      /** @description The busiest first */
      types: {
        type: string;
        now: components["schemas"]["RunNumbers"];
        before: components["schemas"]["RunNumbers"];
        open?: {
          running: number;
          /** @description Running past the SLA */
          late: number;
        };
      }[];
      open: {
        /** Format: date-time */
        asOf: string;
        running: number;
        parked: number;
        paused: number;
        waiting: number;
        stuck: number;
        /** @description Runs that ended with effects left, which nobody has dealt with */
        partial: number;
      };
      tasks: {
        /** Format: date-time */
        asOf: string;
        open: number;
        byAge: {
          hour: number;
          day: number;
          week: number;
          older: number;
        };
        /** Format: date-time */
        oldestAt?: string;
        overdue: number;
      };
      deadLetters: {
        /** Format: date-time */
        asOf: string;
        open: number;
        byAge: {
          hour: number;
          day: number;
          week: number;
          older: number;
        };
        /** Format: date-time */
        oldestAt?: string;
      };
      errorGroups: {
        /** Format: date-time */
        asOf: string;
        top: {
          fingerprint: string;
          title: string;
          type: string;
          /** @enum {string} */
          status: "open" | "regressed" | "resolved" | "ignored";
          /** @description Failures within the window */
          count: number;
          /** Format: date-time */
          lastSeenAt: string;
          /** @description Failures by hour, the last 24, oldest first */
          trend: number[];
        }[];
      };
      queues: {
        name: string;
        backlog: number;
        oldestMs?: number;
        pollers: number;
      }[];
      /** @description None for a tenant: they bring events to all */
      sources: {
        name: string;
        /** @enum {string} */
        state: "consuming" | "holding" | "reconnecting" | "paused" | "stopped" | "off" | "unknown";
        /** @description Events that wait at the broker */
        lag?: number;
        perMinute?: number;
      }[];
      steps: components["schemas"]["StepMetrics"];
    };
    /** @description Runs that closed within some time */
    RunNumbers: {
      closed: number;
      completed: number;
      failed: number;
      canceled: number;
      terminated: number;
      timedOut: number;
      /** @description Runs that completed, in an hour */
      perHour: number;
      /** @description The share of those that closed which failed or timed out */
      failureRate: number | null;
      /** @description From the first start to the end, of runs that completed */
      averageMs: number | null;
      /** @description The upper end of its bucket, which is 9 % wide, as all percentiles */
      p50Ms: number | null;
      p95Ms: number | null;
      p99Ms: number | null;
      longestMs: number | null;
      sla?: {
        /** @description Absent where several types are added up */
        targetMs?: number;
        judged: number;
        inTime: number;
        late: number;
      };
      /** @description What the runs recorded, by name */
      metrics: {
        [key: string]: {
          count: number;
          sum: number;
        };
      };
    };
    /** @description Steps that ended, as the workers' own metrics have them */
    StepMetrics: {
      /** @enum {string} */
      source: "prometheus" | "workers" | "none";
      /** Format: date-time */
      from?: string;
      /** Format: date-time */
      to?: string;
      /** Format: date-time */
      asOf?: string;
      /** @description Sentences for people: what these numbers don't include */
      leavesOut: string[];
      steps: {
        activity: string;
        succeeded: number;
        failed: number;
        parked: number;
        attempts: number;
        retries: number;
        successRate: number | null;
        p50Ms: number | null;
        p95Ms: number | null;
        p99Ms: number | null;
      }[];
      scheduleToStart: {
        queue: string;
        p50Ms: number | null;
        p95Ms: number | null;
        p99Ms: number | null;
      }[];
      slots: {
        queue: string;
        kind: string;
        used: number;
        available: number;
      }[];
    };
    /** @description Runs that closed within a window, part by part */
    MetricsTimeseries: {
      /** @enum {string} */
      window: "1h" | "24h" | "7d" | "30d";
      /** Format: date-time */
      from: string;
      /** Format: date-time */
      to: string;
      /** @description How long each part is */
      stepMs: number;
      /** Format: date-time */
      asOf: string;
      /** @description Sentences for people: what these numbers don't include */
      leavesOut: string[];
      /** @description Oldest first; of a part that is missing nothing is known: it is not counted yet, or forgotten */
      points: (
        | {
            /** Format: date-time */
            at: string;
            closed: number;
            completed: number;
            failed: number;
            canceled: number;
            terminated: number;
            timedOut: number;
            late: number;
            averageMs: number | null;
            p95Ms: number | null;
          }
        | {
            /** Format: date-time */
            at: string;
            /** @constant */
            missing: true;
          }
      )[];
    };
  };
  responses: {
    /** @description Bad Request */
    "Problem.BAD_REQUEST.INVALID_REQUEST.MALFORMED_URL": {
      headers: {
        "X-Request-Id": components["headers"]["X-Request-Id"];
        [name: string]: unknown;
      };
      content: {
        "application/problem+json": components["schemas"]["Problem"] & {
          /** @enum {string} */
          code: "BAD_REQUEST" | "INVALID_REQUEST" | "MALFORMED_URL";
        };
      };
    };
    /** @description Request Header Fields Too Large */
    "Problem.HEADERS_TOO_LARGE": {
      headers: {
        "X-Request-Id": components["headers"]["X-Request-Id"];
        [name: string]: unknown;
      };
      content: {
        "application/problem+json": components["schemas"]["Problem"] & {
          /** @enum {string} */
          code: "HEADERS_TOO_LARGE";
        };
      };
    };
    /** @description Internal Server Error */
    "Problem.INTERNAL": {
      headers: {
        "X-Request-Id": components["headers"]["X-Request-Id"];
        [name: string]: unknown;
      };
      content: {
        "application/problem+json": components["schemas"]["Problem"] & {
          /** @enum {string} */
          code: "INTERNAL";
        };
      };
    };
    /** @description Request Timeout */
    "Problem.REQUEST_TIMEOUT": {
      headers: {
        "X-Request-Id": components["headers"]["X-Request-Id"];
        [name: string]: unknown;
      };
      content: {
        "application/problem+json": components["schemas"]["Problem"] & {
          /** @enum {string} */
          code: "REQUEST_TIMEOUT";
        };
      };
    };
    /** @description Forbidden */
    "Problem.CSRF_TOKEN_MISSING.FORBIDDEN": {
      headers: {
        "X-Request-Id": components["headers"]["X-Request-Id"];
        [name: string]: unknown;
      };
      content: {
        "application/problem+json": components["schemas"]["Problem"] & {
          /** @enum {string} */
          code: "CSRF_TOKEN_MISSING" | "FORBIDDEN";
        };
      };
    };
    /** @description Service Unavailable */
    "Problem.ISSUER_UNAVAILABLE": {
      headers: {
        "X-Request-Id": components["headers"]["X-Request-Id"];
        [name: string]: unknown;
      };
      content: {
        "application/problem+json": components["schemas"]["Problem"] & {
          /** @enum {string} */
          code: "ISSUER_UNAVAILABLE";
        };
      };
    };
    /** @description Too Many Requests */
    "Problem.TOO_MANY_REQUESTS": {
      headers: {
        "X-Request-Id": components["headers"]["X-Request-Id"];
        [name: string]: unknown;
      };
      content: {
        "application/problem+json": components["schemas"]["Problem"] & {
          /** @enum {string} */
          code: "TOO_MANY_REQUESTS";
        };
      };
    };
    /** @description Unauthorized */
    "Problem.UNAUTHENTICATED": {
      headers: {
        "X-Request-Id": components["headers"]["X-Request-Id"];
        [name: string]: unknown;
      };
      content: {
        "application/problem+json": components["schemas"]["Problem"] & {
          /** @enum {string} */
          code: "UNAUTHENTICATED";
        };
      };
    };
    /** @description Bad Request */
    "Problem.BAD_REQUEST.INVALID_REQUEST.MALFORMED_URL.NOT_JSON.NOT_UTF8.TOO_DEEP": {
      headers: {
        "X-Request-Id": components["headers"]["X-Request-Id"];
        [name: string]: unknown;
      };
      content: {
        "application/problem+json": components["schemas"]["Problem"] & {
          /** @enum {string} */
          code: "BAD_REQUEST" | "INVALID_REQUEST" | "MALFORMED_URL" | "NOT_JSON" | "NOT_UTF8" | "TOO_DEEP";
        };
      };
    };
    /** @description Payload Too Large */
    "Problem.BODY_TOO_LARGE": {
      headers: {
        "X-Request-Id": components["headers"]["X-Request-Id"];
        [name: string]: unknown;
      };
      content: {
        "application/problem+json": components["schemas"]["Problem"] & {
          /** @enum {string} */
          code: "BODY_TOO_LARGE";
        };
      };
    };
    /** @description Unprocessable Entity */
    "Problem.INVALID_BODY": {
      headers: {
        "X-Request-Id": components["headers"]["X-Request-Id"];
        [name: string]: unknown;
      };
      content: {
        "application/problem+json": components["schemas"]["Problem"] & {
          /** @enum {string} */
          code: "INVALID_BODY";
        };
      };
    };
    /** @description Not Found */
    "Problem.NOT_FOUND": {
      headers: {
        "X-Request-Id": components["headers"]["X-Request-Id"];
        [name: string]: unknown;
      };
      content: {
        "application/problem+json": components["schemas"]["Problem"] & {
          /** @enum {string} */
          code: "NOT_FOUND";
        };
      };
    };
    /** @description Unsupported Media Type */
    "Problem.UNSUPPORTED_MEDIA_TYPE": {
      headers: {
        "X-Request-Id": components["headers"]["X-Request-Id"];
        [name: string]: unknown;
      };
      content: {
        "application/problem+json": components["schemas"]["Problem"] & {
          /** @enum {string} */
          code: "UNSUPPORTED_MEDIA_TYPE";
        };
      };
    };
    /** @description Not Found */
    "Problem.NOT_FOUND.UNKNOWN_WORKFLOW_TYPE": {
      headers: {
        "X-Request-Id": components["headers"]["X-Request-Id"];
        [name: string]: unknown;
      };
      content: {
        "application/problem+json": components["schemas"]["Problem"] & {
          /** @enum {string} */
          code: "NOT_FOUND" | "UNKNOWN_WORKFLOW_TYPE";
        };
      };
    };
    /** @description Payload Too Large */
    "Problem.BODY_TOO_LARGE.PAYLOAD_TOO_LARGE": {
      headers: {
        "X-Request-Id": components["headers"]["X-Request-Id"];
        [name: string]: unknown;
      };
      content: {
        "application/problem+json": components["schemas"]["Problem"] & {
          /** @enum {string} */
          code: "BODY_TOO_LARGE" | "PAYLOAD_TOO_LARGE";
        };
      };
    };
    /** @description Too Many Requests */
    "Problem.CONCURRENCY_LIMIT.RATE_LIMITED.TOO_MANY_REQUESTS": {
      headers: {
        "X-Request-Id": components["headers"]["X-Request-Id"];
        "Retry-After": components["headers"]["Retry-After"];
        [name: string]: unknown;
      };
      content: {
        "application/problem+json": components["schemas"]["Problem"] & {
          /** @enum {string} */
          code: "CONCURRENCY_LIMIT" | "RATE_LIMITED" | "TOO_MANY_REQUESTS";
        };
      };
    };
    /** @description Internal Server Error */
    "Problem.DECRYPTION_FAILED.INTERNAL": {
      headers: {
        "X-Request-Id": components["headers"]["X-Request-Id"];
        [name: string]: unknown;
      };
      content: {
        "application/problem+json": components["schemas"]["Problem"] & {
          /** @enum {string} */
          code: "DECRYPTION_FAILED" | "INTERNAL";
        };
      };
    };
    /** @description Conflict */
    "Problem.EVENT_NOT_ALLOWED.RUN_ALREADY_STARTED.RUN_CLOSED.TRANSITION_IN_PROGRESS.UPDATE_REJECTED": {
      headers: {
        "X-Request-Id": components["headers"]["X-Request-Id"];
        /** @description Seconds to wait before asking again */
        "Retry-After"?: number;
        [name: string]: unknown;
      };
      content: {
        "application/problem+json": components["schemas"]["Problem"] & {
          /** @enum {string} */
          code:
            "EVENT_NOT_ALLOWED" | "RUN_ALREADY_STARTED" | "RUN_CLOSED" | "TRANSITION_IN_PROGRESS" | "UPDATE_REJECTED";
        };
      };
    };
    /** @description Unprocessable Entity */
    "Problem.IDEMPOTENCY_KEY_REUSED.INVALID_BODY.INVALID_INPUT": {
      headers: {
        "X-Request-Id": components["headers"]["X-Request-Id"];
        [name: string]: unknown;
      };
      content: {
        "application/problem+json": components["schemas"]["Problem"] & {
          /** @enum {string} */
          code: "IDEMPOTENCY_KEY_REUSED" | "INVALID_BODY" | "INVALID_INPUT";
        };
      };
    };
    /** @description Service Unavailable */
    "Problem.ISSUER_UNAVAILABLE.TEMPORAL_UNAVAILABLE": {
      headers: {
        "X-Request-Id": components["headers"]["X-Request-Id"];
        "Retry-After": components["headers"]["Retry-After"];
        [name: string]: unknown;
      };
      content: {
        "application/problem+json": components["schemas"]["Problem"] & {
          /** @enum {string} */
          code: "ISSUER_UNAVAILABLE" | "TEMPORAL_UNAVAILABLE";
        };
      };
    };
    /** @description Not Found */
    "Problem.NOT_FOUND.UNKNOWN_SIGNAL.UNKNOWN_UPDATE.UNKNOWN_WORKFLOW_TYPE": {
      headers: {
        "X-Request-Id": components["headers"]["X-Request-Id"];
        [name: string]: unknown;
      };
      content: {
        "application/problem+json": components["schemas"]["Problem"] & {
          /** @enum {string} */
          code: "NOT_FOUND" | "UNKNOWN_SIGNAL" | "UNKNOWN_UPDATE" | "UNKNOWN_WORKFLOW_TYPE";
        };
      };
    };
    /** @description Gateway Timeout */
    "Problem.NO_WORKER_POLLING.RUN_NOT_ANSWERING": {
      headers: {
        "X-Request-Id": components["headers"]["X-Request-Id"];
        "Retry-After": components["headers"]["Retry-After"];
        [name: string]: unknown;
      };
      content: {
        "application/problem+json": components["schemas"]["Problem"] & {
          /** @enum {string} */
          code: "NO_WORKER_POLLING" | "RUN_NOT_ANSWERING";
        };
      };
    };
    /** @description Bad Gateway */
    "Problem.TEMPORAL_REFUSED": {
      headers: {
        "X-Request-Id": components["headers"]["X-Request-Id"];
        [name: string]: unknown;
      };
      content: {
        "application/problem+json": components["schemas"]["Problem"] & {
          /** @enum {string} */
          code: "TEMPORAL_REFUSED";
        };
      };
    };
    /** @description Bad Request */
    "Problem.BAD_REQUEST.INVALID_CURSOR.INVALID_REQUEST.MALFORMED_URL": {
      headers: {
        "X-Request-Id": components["headers"]["X-Request-Id"];
        [name: string]: unknown;
      };
      content: {
        "application/problem+json": components["schemas"]["Problem"] & {
          /** @enum {string} */
          code: "BAD_REQUEST" | "INVALID_CURSOR" | "INVALID_REQUEST" | "MALFORMED_URL";
        };
      };
    };
    /** @description Too Many Requests */
    "Problem.RATE_LIMITED.TOO_MANY_REQUESTS": {
      headers: {
        "X-Request-Id": components["headers"]["X-Request-Id"];
        "Retry-After": components["headers"]["Retry-After"];
        [name: string]: unknown;
      };
      content: {
        "application/problem+json": components["schemas"]["Problem"] & {
          /** @enum {string} */
          code: "RATE_LIMITED" | "TOO_MANY_REQUESTS";
        };
      };
    };
    /** @description Not Found */
    "Problem.NOT_FOUND.RUN_NOT_FOUND": {
      headers: {
        "X-Request-Id": components["headers"]["X-Request-Id"];
        [name: string]: unknown;
      };
      content: {
        "application/problem+json": components["schemas"]["Problem"] & {
          /** @enum {string} */
          code: "NOT_FOUND" | "RUN_NOT_FOUND";
        };
      };
    };
    /** @description Bad Request */
    "Problem.BAD_REQUEST.INVALID_EVENT_ID.INVALID_REQUEST.MALFORMED_URL": {
      headers: {
        "X-Request-Id": components["headers"]["X-Request-Id"];
        [name: string]: unknown;
      };
      content: {
        "application/problem+json": components["schemas"]["Problem"] & {
          /** @enum {string} */
          code: "BAD_REQUEST" | "INVALID_EVENT_ID" | "INVALID_REQUEST" | "MALFORMED_URL";
        };
      };
    };
    /** @description Too Many Requests */
    "Problem.RATE_LIMITED.TOO_MANY_REQUESTS.TOO_MANY_STREAMS": {
      headers: {
        "X-Request-Id": components["headers"]["X-Request-Id"];
        "Retry-After": components["headers"]["Retry-After"];
        [name: string]: unknown;
      };
      content: {
        "application/problem+json": components["schemas"]["Problem"] & {
          /** @enum {string} */
          code: "RATE_LIMITED" | "TOO_MANY_REQUESTS" | "TOO_MANY_STREAMS";
        };
      };
    };
    /** @description Not Found */
    "Problem.NOT_FOUND.NO_STATE_MACHINE.RUN_NOT_FOUND": {
      headers: {
        "X-Request-Id": components["headers"]["X-Request-Id"];
        [name: string]: unknown;
      };
      content: {
        "application/problem+json": components["schemas"]["Problem"] & {
          /** @enum {string} */
          code: "NOT_FOUND" | "NO_STATE_MACHINE" | "RUN_NOT_FOUND";
        };
      };
    };
    /** @description Unprocessable Entity */
    "Problem.INVALID_BODY.INVALID_INPUT": {
      headers: {
        "X-Request-Id": components["headers"]["X-Request-Id"];
        [name: string]: unknown;
      };
      content: {
        "application/problem+json": components["schemas"]["Problem"] & {
          /** @enum {string} */
          code: "INVALID_BODY" | "INVALID_INPUT";
        };
      };
    };
    /** @description Not Found */
    "Problem.NOT_FOUND.RUN_NOT_FOUND.UNKNOWN_SIGNAL": {
      headers: {
        "X-Request-Id": components["headers"]["X-Request-Id"];
        [name: string]: unknown;
      };
      content: {
        "application/problem+json": components["schemas"]["Problem"] & {
          /** @enum {string} */
          code: "NOT_FOUND" | "RUN_NOT_FOUND" | "UNKNOWN_SIGNAL";
        };
      };
    };
    /** @description Conflict */
    "Problem.RUN_CLOSED": {
      headers: {
        "X-Request-Id": components["headers"]["X-Request-Id"];
        [name: string]: unknown;
      };
      content: {
        "application/problem+json": components["schemas"]["Problem"] & {
          /** @enum {string} */
          code: "RUN_CLOSED";
        };
      };
    };
    /** @description Unprocessable Entity */
    "Problem.INVALID_BODY.INVALID_INPUT.QUERY_FAILED": {
      headers: {
        "X-Request-Id": components["headers"]["X-Request-Id"];
        [name: string]: unknown;
      };
      content: {
        "application/problem+json": components["schemas"]["Problem"] & {
          /** @enum {string} */
          code: "INVALID_BODY" | "INVALID_INPUT" | "QUERY_FAILED";
        };
      };
    };
    /** @description Not Found */
    "Problem.NOT_FOUND.RUN_NOT_FOUND.UNKNOWN_QUERY": {
      headers: {
        "X-Request-Id": components["headers"]["X-Request-Id"];
        [name: string]: unknown;
      };
      content: {
        "application/problem+json": components["schemas"]["Problem"] & {
          /** @enum {string} */
          code: "NOT_FOUND" | "RUN_NOT_FOUND" | "UNKNOWN_QUERY";
        };
      };
    };
    /** @description Conflict */
    "Problem.EVENT_NOT_ALLOWED.RUN_CLOSED.TRANSITION_IN_PROGRESS.UPDATE_REJECTED": {
      headers: {
        "X-Request-Id": components["headers"]["X-Request-Id"];
        /** @description Seconds to wait before asking again */
        "Retry-After"?: number;
        [name: string]: unknown;
      };
      content: {
        "application/problem+json": components["schemas"]["Problem"] & {
          /** @enum {string} */
          code: "EVENT_NOT_ALLOWED" | "RUN_CLOSED" | "TRANSITION_IN_PROGRESS" | "UPDATE_REJECTED";
        };
      };
    };
    /** @description Not Found */
    "Problem.NOT_FOUND.RUN_NOT_FOUND.UNKNOWN_UPDATE": {
      headers: {
        "X-Request-Id": components["headers"]["X-Request-Id"];
        [name: string]: unknown;
      };
      content: {
        "application/problem+json": components["schemas"]["Problem"] & {
          /** @enum {string} */
          code: "NOT_FOUND" | "RUN_NOT_FOUND" | "UNKNOWN_UPDATE";
        };
      };
    };
    /** @description Not Found */
    "Problem.NOT_FOUND.RUN_NOT_FOUND.UNKNOWN_UPDATE.UPDATE_NOT_FOUND": {
      headers: {
        "X-Request-Id": components["headers"]["X-Request-Id"];
        [name: string]: unknown;
      };
      content: {
        "application/problem+json": components["schemas"]["Problem"] & {
          /** @enum {string} */
          code: "NOT_FOUND" | "RUN_NOT_FOUND" | "UNKNOWN_UPDATE" | "UPDATE_NOT_FOUND";
        };
      };
    };
    /** @description Conflict */
    "Problem.RUN_CLOSED.UPDATE_REJECTED": {
      headers: {
        "X-Request-Id": components["headers"]["X-Request-Id"];
        [name: string]: unknown;
      };
      content: {
        "application/problem+json": components["schemas"]["Problem"] & {
          /** @enum {string} */
          code: "RUN_CLOSED" | "UPDATE_REJECTED";
        };
      };
    };
    /** @description Conflict */
    "Problem.RUN_CLOSED.STEP_NOT_WAITING.UPDATE_REJECTED": {
      headers: {
        "X-Request-Id": components["headers"]["X-Request-Id"];
        [name: string]: unknown;
      };
      content: {
        "application/problem+json": components["schemas"]["Problem"] & {
          /** @enum {string} */
          code: "RUN_CLOSED" | "STEP_NOT_WAITING" | "UPDATE_REJECTED";
        };
      };
    };
    /** @description Not Found */
    "Problem.DEAD_LETTER_NOT_FOUND.INCIDENT_NOT_FOUND.NOT_FOUND.RUN_NOT_FOUND": {
      headers: {
        "X-Request-Id": components["headers"]["X-Request-Id"];
        [name: string]: unknown;
      };
      content: {
        "application/problem+json": components["schemas"]["Problem"] & {
          /** @enum {string} */
          code: "DEAD_LETTER_NOT_FOUND" | "INCIDENT_NOT_FOUND" | "NOT_FOUND" | "RUN_NOT_FOUND";
        };
      };
    };
    /** @description Conflict */
    "Problem.DEAD_LETTER_NOT_OPEN.INCIDENT_DECIDED.REDRIVE_UNSOUND.RUN_CLOSED.UPDATE_REJECTED": {
      headers: {
        "X-Request-Id": components["headers"]["X-Request-Id"];
        [name: string]: unknown;
      };
      content: {
        "application/problem+json": components["schemas"]["Problem"] & {
          /** @enum {string} */
          code: "DEAD_LETTER_NOT_OPEN" | "INCIDENT_DECIDED" | "REDRIVE_UNSOUND" | "RUN_CLOSED" | "UPDATE_REJECTED";
        };
      };
    };
    /** @description Not Found */
    "Problem.DEAD_LETTER_NOT_FOUND.NOT_FOUND": {
      headers: {
        "X-Request-Id": components["headers"]["X-Request-Id"];
        [name: string]: unknown;
      };
      content: {
        "application/problem+json": components["schemas"]["Problem"] & {
          /** @enum {string} */
          code: "DEAD_LETTER_NOT_FOUND" | "NOT_FOUND";
        };
      };
    };
    /** @description Not Found */
    "Problem.DEAD_LETTER_NOT_FOUND.NOT_FOUND.RUN_NOT_FOUND": {
      headers: {
        "X-Request-Id": components["headers"]["X-Request-Id"];
        [name: string]: unknown;
      };
      content: {
        "application/problem+json": components["schemas"]["Problem"] & {
          /** @enum {string} */
          code: "DEAD_LETTER_NOT_FOUND" | "NOT_FOUND" | "RUN_NOT_FOUND";
        };
      };
    };
    /** @description Conflict */
    "Problem.DEAD_LETTER_NOT_OPEN.REDRIVE_UNSOUND.RUN_CLOSED.UPDATE_REJECTED": {
      headers: {
        "X-Request-Id": components["headers"]["X-Request-Id"];
        [name: string]: unknown;
      };
      content: {
        "application/problem+json": components["schemas"]["Problem"] & {
          /** @enum {string} */
          code: "DEAD_LETTER_NOT_OPEN" | "REDRIVE_UNSOUND" | "RUN_CLOSED" | "UPDATE_REJECTED";
        };
      };
    };
    /** @description Conflict */
    "Problem.DEAD_LETTER_NOT_OPEN.RUN_CLOSED.UPDATE_REJECTED": {
      headers: {
        "X-Request-Id": components["headers"]["X-Request-Id"];
        [name: string]: unknown;
      };
      content: {
        "application/problem+json": components["schemas"]["Problem"] & {
          /** @enum {string} */
          code: "DEAD_LETTER_NOT_OPEN" | "RUN_CLOSED" | "UPDATE_REJECTED";
        };
      };
    };
    /** @description Not Found */
    "Problem.ERROR_GROUP_NOT_FOUND.NOT_FOUND": {
      headers: {
        "X-Request-Id": components["headers"]["X-Request-Id"];
        [name: string]: unknown;
      };
      content: {
        "application/problem+json": components["schemas"]["Problem"] & {
          /** @enum {string} */
          code: "ERROR_GROUP_NOT_FOUND" | "NOT_FOUND";
        };
      };
    };
    /** @description Not Found */
    "Problem.ALERT_NOT_FOUND.NOT_FOUND": {
      headers: {
        "X-Request-Id": components["headers"]["X-Request-Id"];
        [name: string]: unknown;
      };
      content: {
        "application/problem+json": components["schemas"]["Problem"] & {
          /** @enum {string} */
          code: "ALERT_NOT_FOUND" | "NOT_FOUND";
        };
      };
    };
    /** @description Conflict */
    "Problem.ALERT_NOT_OPEN": {
      headers: {
        "X-Request-Id": components["headers"]["X-Request-Id"];
        [name: string]: unknown;
      };
      content: {
        "application/problem+json": components["schemas"]["Problem"] & {
          /** @enum {string} */
          code: "ALERT_NOT_OPEN";
        };
      };
    };
    /** @description Not Found */
    "Problem.UNKNOWN_SIGNAL.UNKNOWN_WORKFLOW_TYPE": {
      headers: {
        "X-Request-Id": components["headers"]["X-Request-Id"];
        [name: string]: unknown;
      };
      content: {
        "application/problem+json": components["schemas"]["Problem"] & {
          /** @enum {string} */
          code: "UNKNOWN_SIGNAL" | "UNKNOWN_WORKFLOW_TYPE";
        };
      };
    };
    /** @description Not Found */
    "Problem.BATCH_NOT_FOUND.NOT_FOUND": {
      headers: {
        "X-Request-Id": components["headers"]["X-Request-Id"];
        [name: string]: unknown;
      };
      content: {
        "application/problem+json": components["schemas"]["Problem"] & {
          /** @enum {string} */
          code: "BATCH_NOT_FOUND" | "NOT_FOUND";
        };
      };
    };
    /** @description Conflict */
    "Problem.BATCH_NOT_RUNNING": {
      headers: {
        "X-Request-Id": components["headers"]["X-Request-Id"];
        [name: string]: unknown;
      };
      content: {
        "application/problem+json": components["schemas"]["Problem"] & {
          /** @enum {string} */
          code: "BATCH_NOT_RUNNING";
        };
      };
    };
    /** @description Not Found */
    "Problem.ALERT_RULE_NOT_FOUND.NOT_FOUND": {
      headers: {
        "X-Request-Id": components["headers"]["X-Request-Id"];
        [name: string]: unknown;
      };
      content: {
        "application/problem+json": components["schemas"]["Problem"] & {
          /** @enum {string} */
          code: "ALERT_RULE_NOT_FOUND" | "NOT_FOUND";
        };
      };
    };
    /** @description Conflict */
    "Problem.ENCRYPTION_OFF": {
      headers: {
        "X-Request-Id": components["headers"]["X-Request-Id"];
        [name: string]: unknown;
      };
      content: {
        "application/problem+json": components["schemas"]["Problem"] & {
          /** @enum {string} */
          code: "ENCRYPTION_OFF";
        };
      };
    };
    /** @description Conflict */
    "Problem.REWIND_NOT_ALLOWED.RUN_CLOSED.TRANSITION_IN_PROGRESS": {
      headers: {
        "X-Request-Id": components["headers"]["X-Request-Id"];
        /** @description Seconds to wait before asking again */
        "Retry-After"?: number;
        [name: string]: unknown;
      };
      content: {
        "application/problem+json": components["schemas"]["Problem"] & {
          /** @enum {string} */
          code: "REWIND_NOT_ALLOWED" | "RUN_CLOSED" | "TRANSITION_IN_PROGRESS";
        };
      };
    };
    /** @description Not Found */
    "Problem.NOT_FOUND.TASK_NOT_FOUND": {
      headers: {
        "X-Request-Id": components["headers"]["X-Request-Id"];
        [name: string]: unknown;
      };
      content: {
        "application/problem+json": components["schemas"]["Problem"] & {
          /** @enum {string} */
          code: "NOT_FOUND" | "TASK_NOT_FOUND";
        };
      };
    };
    /** @description Forbidden */
    "Problem.CSRF_TOKEN_MISSING.FORBIDDEN.NOT_YOUR_TASK": {
      headers: {
        "X-Request-Id": components["headers"]["X-Request-Id"];
        [name: string]: unknown;
      };
      content: {
        "application/problem+json": components["schemas"]["Problem"] & {
          /** @enum {string} */
          code: "CSRF_TOKEN_MISSING" | "FORBIDDEN" | "NOT_YOUR_TASK";
        };
      };
    };
    /** @description Unprocessable Entity */
    "Problem.INVALID_INPUT": {
      headers: {
        "X-Request-Id": components["headers"]["X-Request-Id"];
        [name: string]: unknown;
      };
      content: {
        "application/problem+json": components["schemas"]["Problem"] & {
          /** @enum {string} */
          code: "INVALID_INPUT";
        };
      };
    };
    /** @description Payload Too Large */
    "Problem.PAYLOAD_TOO_LARGE": {
      headers: {
        "X-Request-Id": components["headers"]["X-Request-Id"];
        [name: string]: unknown;
      };
      content: {
        "application/problem+json": components["schemas"]["Problem"] & {
          /** @enum {string} */
          code: "PAYLOAD_TOO_LARGE";
        };
      };
    };
    /** @description Conflict */
    "Problem.TASK_CLAIMED.TASK_CLOSED": {
      headers: {
        "X-Request-Id": components["headers"]["X-Request-Id"];
        [name: string]: unknown;
      };
      content: {
        "application/problem+json": components["schemas"]["Problem"] & {
          /** @enum {string} */
          code: "TASK_CLAIMED" | "TASK_CLOSED";
        };
      };
    };
    /** @description Conflict */
    "Problem.TASK_ANSWERED.TASK_CLAIMED.TASK_CLOSED": {
      headers: {
        "X-Request-Id": components["headers"]["X-Request-Id"];
        [name: string]: unknown;
      };
      content: {
        "application/problem+json": components["schemas"]["Problem"] & {
          /** @enum {string} */
          code: "TASK_ANSWERED" | "TASK_CLAIMED" | "TASK_CLOSED";
        };
      };
    };
    /** @description Gone */
    "Problem.TASK_LINK_GONE": {
      headers: {
        "X-Request-Id": components["headers"]["X-Request-Id"];
        [name: string]: unknown;
      };
      content: {
        "application/problem+json": components["schemas"]["Problem"] & {
          /** @enum {string} */
          code: "TASK_LINK_GONE";
        };
      };
    };
    /** @description Unauthorized */
    "Problem.TASK_LINK_INVALID": {
      headers: {
        "X-Request-Id": components["headers"]["X-Request-Id"];
        [name: string]: unknown;
      };
      content: {
        "application/problem+json": components["schemas"]["Problem"] & {
          /** @enum {string} */
          code: "TASK_LINK_INVALID";
        };
      };
    };
    /** @description Service Unavailable */
    "Problem.TEMPORAL_UNAVAILABLE": {
      headers: {
        "X-Request-Id": components["headers"]["X-Request-Id"];
        "Retry-After": components["headers"]["Retry-After"];
        [name: string]: unknown;
      };
      content: {
        "application/problem+json": components["schemas"]["Problem"] & {
          /** @enum {string} */
          code: "TEMPORAL_UNAVAILABLE";
        };
      };
    };
    /** @description Conflict */
    "Problem.TASK_CLAIMED": {
      headers: {
        "X-Request-Id": components["headers"]["X-Request-Id"];
        [name: string]: unknown;
      };
      content: {
        "application/problem+json": components["schemas"]["Problem"] & {
          /** @enum {string} */
          code: "TASK_CLAIMED";
        };
      };
    };
    /** @description Conflict */
    "Problem.SCHEDULE_BUSY": {
      headers: {
        "X-Request-Id": components["headers"]["X-Request-Id"];
        /** @description Seconds to wait before asking again */
        "Retry-After"?: number;
        [name: string]: unknown;
      };
      content: {
        "application/problem+json": components["schemas"]["Problem"] & {
          /** @enum {string} */
          code: "SCHEDULE_BUSY";
        };
      };
    };
    /** @description Not Found */
    "Problem.NOT_FOUND.SCHEDULE_NOT_FOUND": {
      headers: {
        "X-Request-Id": components["headers"]["X-Request-Id"];
        [name: string]: unknown;
      };
      content: {
        "application/problem+json": components["schemas"]["Problem"] & {
          /** @enum {string} */
          code: "NOT_FOUND" | "SCHEDULE_NOT_FOUND";
        };
      };
    };
    /** @description Conflict */
    "Problem.SCHEDULE_BUSY.SCHEDULE_IN_CODE": {
      headers: {
        "X-Request-Id": components["headers"]["X-Request-Id"];
        /** @description Seconds to wait before asking again */
        "Retry-After"?: number;
        [name: string]: unknown;
      };
      content: {
        "application/problem+json": components["schemas"]["Problem"] & {
          /** @enum {string} */
          code: "SCHEDULE_BUSY" | "SCHEDULE_IN_CODE";
        };
      };
    };
    /** @description Too Many Requests */
    "Problem.CONCURRENCY_LIMIT.RATE_LIMITED.WINDOW_FULL": {
      headers: {
        "X-Request-Id": components["headers"]["X-Request-Id"];
        "Retry-After": components["headers"]["Retry-After"];
        [name: string]: unknown;
      };
      content: {
        "application/problem+json": components["schemas"]["Problem"] & {
          /** @enum {string} */
          code: "CONCURRENCY_LIMIT" | "RATE_LIMITED" | "WINDOW_FULL";
        };
      };
    };
    /** @description Service Unavailable */
    "Problem.EVENT_SOURCE_PAUSED.TEMPORAL_UNAVAILABLE": {
      headers: {
        "X-Request-Id": components["headers"]["X-Request-Id"];
        "Retry-After": components["headers"]["Retry-After"];
        [name: string]: unknown;
      };
      content: {
        "application/problem+json": components["schemas"]["Problem"] & {
          /** @enum {string} */
          code: "EVENT_SOURCE_PAUSED" | "TEMPORAL_UNAVAILABLE";
        };
      };
    };
    /** @description Unauthorized */
    "Problem.WEBHOOK_NOT_SIGNED": {
      headers: {
        "X-Request-Id": components["headers"]["X-Request-Id"];
        [name: string]: unknown;
      };
      content: {
        "application/problem+json": components["schemas"]["Problem"] & {
          /** @enum {string} */
          code: "WEBHOOK_NOT_SIGNED";
        };
      };
    };
    /** @description Not Found */
    "Problem.EVENT_SOURCE_NOT_FOUND.NOT_FOUND": {
      headers: {
        "X-Request-Id": components["headers"]["X-Request-Id"];
        [name: string]: unknown;
      };
      content: {
        "application/problem+json": components["schemas"]["Problem"] & {
          /** @enum {string} */
          code: "EVENT_SOURCE_NOT_FOUND" | "NOT_FOUND";
        };
      };
    };
    /** @description Not Found */
    "Problem.NOT_FOUND.UNKNOWN_QUEUE": {
      headers: {
        "X-Request-Id": components["headers"]["X-Request-Id"];
        [name: string]: unknown;
      };
      content: {
        "application/problem+json": components["schemas"]["Problem"] & {
          /** @enum {string} */
          code: "NOT_FOUND" | "UNKNOWN_QUEUE";
        };
      };
    };
    /** @description Not Found */
    "Problem.LANE_NOT_FOUND.NOT_FOUND": {
      headers: {
        "X-Request-Id": components["headers"]["X-Request-Id"];
        [name: string]: unknown;
      };
      content: {
        "application/problem+json": components["schemas"]["Problem"] & {
          /** @enum {string} */
          code: "LANE_NOT_FOUND" | "NOT_FOUND";
        };
      };
    };
    /** @description Too Many Requests */
    "Problem.TOO_MANY_REQUESTS.TOO_MANY_STREAMS": {
      headers: {
        "X-Request-Id": components["headers"]["X-Request-Id"];
        [name: string]: unknown;
      };
      content: {
        "application/problem+json": components["schemas"]["Problem"] & {
          /** @enum {string} */
          code: "TOO_MANY_REQUESTS" | "TOO_MANY_STREAMS";
        };
      };
    };
  };
  parameters: never;
  requestBodies: never;
  headers: {
    /** @description The caller's, or one that is made; logs and problems have it */
    "X-Request-Id": string;
    /** @description Where to ask */
    Location: string;
    /** @description Seconds to wait before asking again */
    "Retry-After": number;
    /** @description The wait that was taken */
    "Preference-Applied": string;
  };
  pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
  checkHealth: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description It lives. */
      200: {
        headers: {
          "X-Request-Id": components["headers"]["X-Request-Id"];
          [name: string]: unknown;
        };
        content: {
          "application/json": {
            /** @constant */
            status: "ok";
          };
        };
      };
      400: components["responses"]["Problem.BAD_REQUEST.INVALID_REQUEST.MALFORMED_URL"];
      408: components["responses"]["Problem.REQUEST_TIMEOUT"];
      431: components["responses"]["Problem.HEADERS_TOO_LARGE"];
      500: components["responses"]["Problem.INTERNAL"];
    };
  };
  checkReadiness: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Temporal answers. */
      200: {
        headers: {
          "X-Request-Id": components["headers"]["X-Request-Id"];
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["Readiness"];
        };
      };
      400: components["responses"]["Problem.BAD_REQUEST.INVALID_REQUEST.MALFORMED_URL"];
      408: components["responses"]["Problem.REQUEST_TIMEOUT"];
      431: components["responses"]["Problem.HEADERS_TOO_LARGE"];
      500: components["responses"]["Problem.INTERNAL"];
      /** @description Temporal does not answer, or the process is to end. */
      503: {
        headers: {
          "X-Request-Id": components["headers"]["X-Request-Id"];
          "Retry-After": components["headers"]["Retry-After"];
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["Readiness"];
        };
      };
    };
  };
  getMetrics: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description In Prometheus' text format. */
      200: {
        headers: {
          "X-Request-Id": components["headers"]["X-Request-Id"];
          [name: string]: unknown;
        };
        content: {
          "text/plain": components["schemas"]["Metrics"];
        };
      };
      400: components["responses"]["Problem.BAD_REQUEST.INVALID_REQUEST.MALFORMED_URL"];
      401: components["responses"]["Problem.UNAUTHENTICATED"];
      403: components["responses"]["Problem.CSRF_TOKEN_MISSING.FORBIDDEN"];
      408: components["responses"]["Problem.REQUEST_TIMEOUT"];
      429: components["responses"]["Problem.TOO_MANY_REQUESTS"];
      431: components["responses"]["Problem.HEADERS_TOO_LARGE"];
      500: components["responses"]["Problem.INTERNAL"];
      503: components["responses"]["Problem.ISSUER_UNAVAILABLE"];
    };
  };
  getSession: {
    parameters: {
      query?: never;
      header?: {
        Authorization?: string;
        Cookie?: string;
        Host?: string;
      };
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Who it is. */
      200: {
        headers: {
          "X-Request-Id": components["headers"]["X-Request-Id"];
          [name: string]: unknown;
        };
        content: {
          "application/json": {
            principal: {
              name: string;
              role: string;
            } & {
              [key: string]: unknown;
            };
            csrfToken: string | null;
          };
        };
      };
      400: components["responses"]["Problem.BAD_REQUEST.INVALID_REQUEST.MALFORMED_URL"];
      401: components["responses"]["Problem.UNAUTHENTICATED"];
      403: components["responses"]["Problem.CSRF_TOKEN_MISSING.FORBIDDEN"];
      408: components["responses"]["Problem.REQUEST_TIMEOUT"];
      429: components["responses"]["Problem.TOO_MANY_REQUESTS"];
      431: components["responses"]["Problem.HEADERS_TOO_LARGE"];
      500: components["responses"]["Problem.INTERNAL"];
      503: components["responses"]["Problem.ISSUER_UNAVAILABLE"];
    };
  };
  signIn: {
    parameters: {
      query?: never;
      header?: {
        Authorization?: string;
        Cookie?: string;
        Host?: string;
      };
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        "application/json": {
          key?: string;
        };
      };
    };
    responses: {
      /** @description Signed in. */
      200: {
        headers: {
          "X-Request-Id": components["headers"]["X-Request-Id"];
          [name: string]: unknown;
        };
        content: {
          "application/json": {
            principal: {
              name: string;
              role: string;
            } & {
              [key: string]: unknown;
            };
            csrfToken: string | null;
          };
        };
      };
      400: components["responses"]["Problem.BAD_REQUEST.INVALID_REQUEST.MALFORMED_URL.NOT_JSON.NOT_UTF8.TOO_DEEP"];
      401: components["responses"]["Problem.UNAUTHENTICATED"];
      404: components["responses"]["Problem.NOT_FOUND"];
      408: components["responses"]["Problem.REQUEST_TIMEOUT"];
      413: components["responses"]["Problem.BODY_TOO_LARGE"];
      415: components["responses"]["Problem.UNSUPPORTED_MEDIA_TYPE"];
      422: components["responses"]["Problem.INVALID_BODY"];
      429: components["responses"]["Problem.TOO_MANY_REQUESTS"];
      431: components["responses"]["Problem.HEADERS_TOO_LARGE"];
      500: components["responses"]["Problem.INTERNAL"];
      503: components["responses"]["Problem.ISSUER_UNAVAILABLE"];
    };
  };
  signOut: {
    parameters: {
      query?: never;
      header?: {
        Authorization?: string;
        Cookie?: string;
        Host?: string;
      };
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Signed out. */
      200: {
        headers: {
          "X-Request-Id": components["headers"]["X-Request-Id"];
          [name: string]: unknown;
        };
        content: {
          "application/json": {
            /** @constant */
            signedOut: true;
          };
        };
      };
      400: components["responses"]["Problem.BAD_REQUEST.INVALID_REQUEST.MALFORMED_URL"];
      401: components["responses"]["Problem.UNAUTHENTICATED"];
      403: components["responses"]["Problem.CSRF_TOKEN_MISSING.FORBIDDEN"];
      408: components["responses"]["Problem.REQUEST_TIMEOUT"];
      429: components["responses"]["Problem.TOO_MANY_REQUESTS"];
      431: components["responses"]["Problem.HEADERS_TOO_LARGE"];
      500: components["responses"]["Problem.INTERNAL"];
      503: components["responses"]["Problem.ISSUER_UNAVAILABLE"];
    };
  };
  listWorkflowTypes: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description All workflows of the app. */
      200: {
        headers: {
          "X-Request-Id": components["headers"]["X-Request-Id"];
          [name: string]: unknown;
        };
        content: {
          "application/json": {
            items: components["schemas"]["WorkflowType"][];
          };
        };
      };
      400: components["responses"]["Problem.BAD_REQUEST.INVALID_REQUEST.MALFORMED_URL"];
      401: components["responses"]["Problem.UNAUTHENTICATED"];
      403: components["responses"]["Problem.CSRF_TOKEN_MISSING.FORBIDDEN"];
      408: components["responses"]["Problem.REQUEST_TIMEOUT"];
      429: components["responses"]["Problem.TOO_MANY_REQUESTS"];
      431: components["responses"]["Problem.HEADERS_TOO_LARGE"];
      500: components["responses"]["Problem.INTERNAL"];
      503: components["responses"]["Problem.ISSUER_UNAVAILABLE"];
    };
  };
  getWorkflowType: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        type: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The workflow. */
      200: {
        headers: {
          "X-Request-Id": components["headers"]["X-Request-Id"];
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["WorkflowType"];
        };
      };
      400: components["responses"]["Problem.BAD_REQUEST.INVALID_REQUEST.MALFORMED_URL"];
      401: components["responses"]["Problem.UNAUTHENTICATED"];
      403: components["responses"]["Problem.CSRF_TOKEN_MISSING.FORBIDDEN"];
      404: components["responses"]["Problem.NOT_FOUND.UNKNOWN_WORKFLOW_TYPE"];
      408: components["responses"]["Problem.REQUEST_TIMEOUT"];
      429: components["responses"]["Problem.TOO_MANY_REQUESTS"];
      431: components["responses"]["Problem.HEADERS_TOO_LARGE"];
      500: components["responses"]["Problem.INTERNAL"];
      503: components["responses"]["Problem.ISSUER_UNAVAILABLE"];
    };
  };
  startRun_fulfillOrder: {
    parameters: {
      query?: never;
      header?: {
        "Idempotency-Key"?: string;
        Prefer?: string;
      };
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        /**
         * @example {
         *       "input": {
         *         "id": "o-1",
         *         "customer": "ada@example.com",
         *         "card": "ok",
         *         "address": "1 Main St",
         *         "lines": [
         *           {
         *             "sku": "mug",
         *             "quantity": 2,
         *             "unitCents": 1200
         *           }
         *         ]
         *       }
         *     }
         */
        "application/json": {
          input: components["schemas"]["fulfillOrder.Input"];
          workflowId?: string;
          delay?: string;
          lane?: components["schemas"]["StartLane"];
          signal?: {
            name: string;
            input?: unknown;
          };
          update?: {
            name: string;
            input?: unknown;
          };
        };
      };
    };
    responses: {
      /** @description It ended within `Prefer: wait`, or the update that it was joined with did. */
      200: {
        headers: {
          "X-Request-Id": components["headers"]["X-Request-Id"];
          "Preference-Applied": components["headers"]["Preference-Applied"];
          [name: string]: unknown;
        };
        content: {
          "application/json":
            | (
                | {
                    workflowId: string;
                    runId: string;
                    /** @constant */
                    type: "fulfillOrder";
                    existing: boolean;
                    /** @constant */
                    status: "completed";
                    result: components["schemas"]["fulfillOrder.Result"];
                  }
                | {
                    workflowId: string;
                    runId: string;
                    /** @constant */
                    type: "fulfillOrder";
                    existing: boolean;
                    /** @constant */
                    status: "failed";
                    error: components["schemas"]["fulfillOrder.Error"];
                  }
                | {
                    workflowId: string;
                    runId: string;
                    /** @constant */
                    type: "fulfillOrder";
                    existing: boolean;
                    /** @enum {string} */
                    status: "canceled" | "terminated" | "timedOut";
                    error: components["schemas"]["fulfillOrder.Error"];
                  }
                | {
                    workflowId: string;
                    runId: string;
                    /** @constant */
                    type: "fulfillOrder";
                    existing: boolean;
                    /** @constant */
                    status: "continuedAsNew";
                  }
              )
            | {
                workflowId: string;
                runId: string;
                /** @constant */
                type: "fulfillOrder";
                status: components["schemas"]["RunStatus"];
                /** @description Whether an earlier start with the same key and input began it */
                existing: boolean;
                links: components["schemas"]["RunLinks"];
                update: {
                  name: string;
                  updateId: string;
                  runId: string;
                  /** @enum {string} */
                  status: "running" | "completed" | "failed";
                  result?: unknown;
                  error?: components["schemas"]["RunError"];
                };
              };
        };
      };
      /** @description The run is started, or was by the same key and input. */
      202: {
        headers: {
          "X-Request-Id": components["headers"]["X-Request-Id"];
          Location: components["headers"]["Location"];
          [name: string]: unknown;
        };
        content: {
          "application/json": {
            workflowId: string;
            runId: string;
            /** @constant */
            type: "fulfillOrder";
            status: components["schemas"]["RunStatus"];
            /** @description Whether an earlier start with the same key and input began it */
            existing: boolean;
            links: components["schemas"]["RunLinks"];
            update?: {
              name: string;
              updateId: string;
              runId: string;
              /** @enum {string} */
              status: "running" | "completed" | "failed";
              result?: unknown;
              error?: components["schemas"]["RunError"];
            };
          };
        };
      };
      400: components["responses"]["Problem.BAD_REQUEST.INVALID_REQUEST.MALFORMED_URL.NOT_JSON.NOT_UTF8.TOO_DEEP"];
      401: components["responses"]["Problem.UNAUTHENTICATED"];
      403: components["responses"]["Problem.CSRF_TOKEN_MISSING.FORBIDDEN"];
      404: components["responses"]["Problem.NOT_FOUND.UNKNOWN_SIGNAL.UNKNOWN_UPDATE.UNKNOWN_WORKFLOW_TYPE"];
      408: components["responses"]["Problem.REQUEST_TIMEOUT"];
      409: components["responses"]["Problem.EVENT_NOT_ALLOWED.RUN_ALREADY_STARTED.RUN_CLOSED.TRANSITION_IN_PROGRESS.UPDATE_REJECTED"];
      413: components["responses"]["Problem.BODY_TOO_LARGE.PAYLOAD_TOO_LARGE"];
      415: components["responses"]["Problem.UNSUPPORTED_MEDIA_TYPE"];
      422: components["responses"]["Problem.IDEMPOTENCY_KEY_REUSED.INVALID_BODY.INVALID_INPUT"];
      429: components["responses"]["Problem.CONCURRENCY_LIMIT.RATE_LIMITED.TOO_MANY_REQUESTS"];
      431: components["responses"]["Problem.HEADERS_TOO_LARGE"];
      500: components["responses"]["Problem.DECRYPTION_FAILED.INTERNAL"];
      502: components["responses"]["Problem.TEMPORAL_REFUSED"];
      503: components["responses"]["Problem.ISSUER_UNAVAILABLE.TEMPORAL_UNAVAILABLE"];
      504: components["responses"]["Problem.NO_WORKER_POLLING.RUN_NOT_ANSWERING"];
    };
  };
  startRun_returnRequest: {
    parameters: {
      query?: never;
      header?: {
        "Idempotency-Key"?: string;
        Prefer?: string;
      };
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        /**
         * @example {
         *       "input": {
         *         "orderId": "o-1",
         *         "chargeId": "ch_1",
         *         "amountCents": 2400,
         *         "lines": [
         *           {
         *             "sku": "mug",
         *             "quantity": 2
         *           }
         *         ]
         *       }
         *     }
         */
        "application/json": {
          input: components["schemas"]["returnRequest.Input"];
          workflowId?: string;
          delay?: string;
          lane?: components["schemas"]["StartLane"];
          signal?: {
            name: string;
            input?: unknown;
          };
          update?: {
            name: string;
            input?: unknown;
          };
        };
      };
    };
    responses: {
      /** @description It ended within `Prefer: wait`, or the update that it was joined with did. */
      200: {
        headers: {
          "X-Request-Id": components["headers"]["X-Request-Id"];
          "Preference-Applied": components["headers"]["Preference-Applied"];
          [name: string]: unknown;
        };
        content: {
          "application/json":
            | (
                | {
                    workflowId: string;
                    runId: string;
                    /** @constant */
                    type: "returnRequest";
                    existing: boolean;
                    /** @constant */
                    status: "completed";
                    result: components["schemas"]["returnRequest.Result"];
                  }
                | {
                    workflowId: string;
                    runId: string;
                    /** @constant */
                    type: "returnRequest";
                    existing: boolean;
                    /** @constant */
                    status: "failed";
                    error: components["schemas"]["RunError"];
                  }
                | {
                    workflowId: string;
                    runId: string;
                    /** @constant */
                    type: "returnRequest";
                    existing: boolean;
                    /** @enum {string} */
                    status: "canceled" | "terminated" | "timedOut";
                    error: components["schemas"]["RunError"];
                  }
                | {
                    workflowId: string;
                    runId: string;
                    /** @constant */
                    type: "returnRequest";
                    existing: boolean;
                    /** @constant */
                    status: "continuedAsNew";
                  }
              )
            | {
                workflowId: string;
                runId: string;
                /** @constant */
                type: "returnRequest";
                status: components["schemas"]["RunStatus"];
                /** @description Whether an earlier start with the same key and input began it */
                existing: boolean;
                links: components["schemas"]["RunLinks"];
                update: {
                  name: string;
                  updateId: string;
                  runId: string;
                  /** @enum {string} */
                  status: "running" | "completed" | "failed";
                  result?: unknown;
                  error?: components["schemas"]["RunError"];
                };
              };
        };
      };
      /** @description The run is started, or was by the same key and input. */
      202: {
        headers: {
          "X-Request-Id": components["headers"]["X-Request-Id"];
          Location: components["headers"]["Location"];
          [name: string]: unknown;
        };
        content: {
          "application/json": {
            workflowId: string;
            runId: string;
            /** @constant */
            type: "returnRequest";
            status: components["schemas"]["RunStatus"];
            /** @description Whether an earlier start with the same key and input began it */
            existing: boolean;
            links: components["schemas"]["RunLinks"];
            update?: {
              name: string;
              updateId: string;
              runId: string;
              /** @enum {string} */
              status: "running" | "completed" | "failed";
              result?: unknown;
              error?: components["schemas"]["RunError"];
            };
          };
        };
      };
      400: components["responses"]["Problem.BAD_REQUEST.INVALID_REQUEST.MALFORMED_URL.NOT_JSON.NOT_UTF8.TOO_DEEP"];
      401: components["responses"]["Problem.UNAUTHENTICATED"];
      403: components["responses"]["Problem.CSRF_TOKEN_MISSING.FORBIDDEN"];
      404: components["responses"]["Problem.NOT_FOUND.UNKNOWN_SIGNAL.UNKNOWN_UPDATE.UNKNOWN_WORKFLOW_TYPE"];
      408: components["responses"]["Problem.REQUEST_TIMEOUT"];
      409: components["responses"]["Problem.EVENT_NOT_ALLOWED.RUN_ALREADY_STARTED.RUN_CLOSED.TRANSITION_IN_PROGRESS.UPDATE_REJECTED"];
      413: components["responses"]["Problem.BODY_TOO_LARGE.PAYLOAD_TOO_LARGE"];
      415: components["responses"]["Problem.UNSUPPORTED_MEDIA_TYPE"];
      422: components["responses"]["Problem.IDEMPOTENCY_KEY_REUSED.INVALID_BODY.INVALID_INPUT"];
      429: components["responses"]["Problem.CONCURRENCY_LIMIT.RATE_LIMITED.TOO_MANY_REQUESTS"];
      431: components["responses"]["Problem.HEADERS_TOO_LARGE"];
      500: components["responses"]["Problem.DECRYPTION_FAILED.INTERNAL"];
      502: components["responses"]["Problem.TEMPORAL_REFUSED"];
      503: components["responses"]["Problem.ISSUER_UNAVAILABLE.TEMPORAL_UNAVAILABLE"];
      504: components["responses"]["Problem.NO_WORKER_POLLING.RUN_NOT_ANSWERING"];
    };
  };
  startRun_dailyDigest: {
    parameters: {
      query?: never;
      header?: {
        "Idempotency-Key"?: string;
        Prefer?: string;
      };
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        /**
         * @example {
         *       "input": {
         *         "to": "ada@example.com"
         *       }
         *     }
         */
        "application/json": {
          input: components["schemas"]["dailyDigest.Input"];
          workflowId?: string;
          delay?: string;
          lane?: components["schemas"]["StartLane"];
          signal?: {
            name: string;
            input?: unknown;
          };
          update?: {
            name: string;
            input?: unknown;
          };
        };
      };
    };
    responses: {
      /** @description It ended within `Prefer: wait`, or the update that it was joined with did. */
      200: {
        headers: {
          "X-Request-Id": components["headers"]["X-Request-Id"];
          "Preference-Applied": components["headers"]["Preference-Applied"];
          [name: string]: unknown;
        };
        content: {
          "application/json":
            | (
                | {
                    workflowId: string;
                    runId: string;
                    /** @constant */
                    type: "dailyDigest";
                    existing: boolean;
                    /** @constant */
                    status: "completed";
                    result: components["schemas"]["dailyDigest.Result"];
                  }
                | {
                    workflowId: string;
                    runId: string;
                    /** @constant */
                    type: "dailyDigest";
                    existing: boolean;
                    /** @constant */
                    status: "failed";
                    error: components["schemas"]["RunError"];
                  }
                | {
                    workflowId: string;
                    runId: string;
                    /** @constant */
                    type: "dailyDigest";
                    existing: boolean;
                    /** @enum {string} */
                    status: "canceled" | "terminated" | "timedOut";
                    error: components["schemas"]["RunError"];
                  }
                | {
                    workflowId: string;
                    runId: string;
                    /** @constant */
                    type: "dailyDigest";
                    existing: boolean;
                    /** @constant */
                    status: "continuedAsNew";
                  }
              )
            | {
                workflowId: string;
                runId: string;
                /** @constant */
                type: "dailyDigest";
                status: components["schemas"]["RunStatus"];
                /** @description Whether an earlier start with the same key and input began it */
                existing: boolean;
                links: components["schemas"]["RunLinks"];
                update: {
                  name: string;
                  updateId: string;
                  runId: string;
                  /** @enum {string} */
                  status: "running" | "completed" | "failed";
                  result?: unknown;
                  error?: components["schemas"]["RunError"];
                };
              };
        };
      };
      /** @description The run is started, or was by the same key and input. */
      202: {
        headers: {
          "X-Request-Id": components["headers"]["X-Request-Id"];
          Location: components["headers"]["Location"];
          [name: string]: unknown;
        };
        content: {
          "application/json": {
            workflowId: string;
            runId: string;
            /** @constant */
            type: "dailyDigest";
            status: components["schemas"]["RunStatus"];
            /** @description Whether an earlier start with the same key and input began it */
            existing: boolean;
            links: components["schemas"]["RunLinks"];
            update?: {
              name: string;
              updateId: string;
              runId: string;
              /** @enum {string} */
              status: "running" | "completed" | "failed";
              result?: unknown;
              error?: components["schemas"]["RunError"];
            };
          };
        };
      };
      400: components["responses"]["Problem.BAD_REQUEST.INVALID_REQUEST.MALFORMED_URL.NOT_JSON.NOT_UTF8.TOO_DEEP"];
      401: components["responses"]["Problem.UNAUTHENTICATED"];
      403: components["responses"]["Problem.CSRF_TOKEN_MISSING.FORBIDDEN"];
      404: components["responses"]["Problem.NOT_FOUND.UNKNOWN_SIGNAL.UNKNOWN_UPDATE.UNKNOWN_WORKFLOW_TYPE"];
      408: components["responses"]["Problem.REQUEST_TIMEOUT"];
      409: components["responses"]["Problem.EVENT_NOT_ALLOWED.RUN_ALREADY_STARTED.RUN_CLOSED.TRANSITION_IN_PROGRESS.UPDATE_REJECTED"];
      413: components["responses"]["Problem.BODY_TOO_LARGE.PAYLOAD_TOO_LARGE"];
      415: components["responses"]["Problem.UNSUPPORTED_MEDIA_TYPE"];
      422: components["responses"]["Problem.IDEMPOTENCY_KEY_REUSED.INVALID_BODY.INVALID_INPUT"];
      429: components["responses"]["Problem.CONCURRENCY_LIMIT.RATE_LIMITED.TOO_MANY_REQUESTS"];
      431: components["responses"]["Problem.HEADERS_TOO_LARGE"];
      500: components["responses"]["Problem.DECRYPTION_FAILED.INTERNAL"];
      502: components["responses"]["Problem.TEMPORAL_REFUSED"];
      503: components["responses"]["Problem.ISSUER_UNAVAILABLE.TEMPORAL_UNAVAILABLE"];
      504: components["responses"]["Problem.NO_WORKER_POLLING.RUN_NOT_ANSWERING"];
    };
  };
  startRun: {
    parameters: {
      query?: never;
      header?: {
        "Idempotency-Key"?: string;
        Prefer?: string;
      };
      path: {
        type: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        "application/json": {
          input?: unknown;
          workflowId?: string;
          delay?: string;
          lane?: components["schemas"]["StartLane"];
          signal?: {
            name: string;
            input?: unknown;
          };
          update?: {
            name: string;
            input?: unknown;
          };
        };
      };
    };
    responses: {
      /** @description It ended within `Prefer: wait`, or the update that it was joined with did. */
      200: {
        headers: {
          "X-Request-Id": components["headers"]["X-Request-Id"];
          "Preference-Applied": components["headers"]["Preference-Applied"];
          [name: string]: unknown;
        };
        content: {
          "application/json":
            | (
                | {
                    workflowId: string;
                    runId: string;
                    type: string;
                    existing: boolean;
                    /** @constant */
                    status: "completed";
                    result?: unknown;
                  }
                | {
                    workflowId: string;
                    runId: string;
                    type: string;
                    existing: boolean;
                    /** @constant */
                    status: "failed";
                    error: components["schemas"]["RunError"];
                  }
                | {
                    workflowId: string;
                    runId: string;
                    type: string;
                    existing: boolean;
                    /** @enum {string} */
                    status: "canceled" | "terminated" | "timedOut";
                    error: components["schemas"]["RunError"];
                  }
                | {
                    workflowId: string;
                    runId: string;
                    type: string;
                    existing: boolean;
                    /** @constant */
                    status: "continuedAsNew";
                  }
              )
            | {
                workflowId: string;
                runId: string;
                type: string;
                status: components["schemas"]["RunStatus"];
                /** @description Whether an earlier start with the same key and input began it */
                existing: boolean;
                links: components["schemas"]["RunLinks"];
                update: {
                  name: string;
                  updateId: string;
                  runId: string;
                  /** @enum {string} */
                  status: "running" | "completed" | "failed";
                  result?: unknown;
                  error?: components["schemas"]["RunError"];
                };
              };
        };
      };
      /** @description The run is started, or was by the same key and input. */
      202: {
        headers: {
          "X-Request-Id": components["headers"]["X-Request-Id"];
          Location: components["headers"]["Location"];
          [name: string]: unknown;
        };
        content: {
          "application/json": {
            workflowId: string;
            runId: string;
            type: string;
            status: components["schemas"]["RunStatus"];
            /** @description Whether an earlier start with the same key and input began it */
            existing: boolean;
            links: components["schemas"]["RunLinks"];
            update?: {
              name: string;
              updateId: string;
              runId: string;
              /** @enum {string} */
              status: "running" | "completed" | "failed";
              result?: unknown;
              error?: components["schemas"]["RunError"];
            };
          };
        };
      };
      400: components["responses"]["Problem.BAD_REQUEST.INVALID_REQUEST.MALFORMED_URL.NOT_JSON.NOT_UTF8.TOO_DEEP"];
      401: components["responses"]["Problem.UNAUTHENTICATED"];
      403: components["responses"]["Problem.CSRF_TOKEN_MISSING.FORBIDDEN"];
      404: components["responses"]["Problem.NOT_FOUND.UNKNOWN_SIGNAL.UNKNOWN_UPDATE.UNKNOWN_WORKFLOW_TYPE"];
      408: components["responses"]["Problem.REQUEST_TIMEOUT"];
      409: components["responses"]["Problem.EVENT_NOT_ALLOWED.RUN_ALREADY_STARTED.RUN_CLOSED.TRANSITION_IN_PROGRESS.UPDATE_REJECTED"];
      413: components["responses"]["Problem.BODY_TOO_LARGE.PAYLOAD_TOO_LARGE"];
      415: components["responses"]["Problem.UNSUPPORTED_MEDIA_TYPE"];
      422: components["responses"]["Problem.IDEMPOTENCY_KEY_REUSED.INVALID_BODY.INVALID_INPUT"];
      429: components["responses"]["Problem.CONCURRENCY_LIMIT.RATE_LIMITED.TOO_MANY_REQUESTS"];
      431: components["responses"]["Problem.HEADERS_TOO_LARGE"];
      500: components["responses"]["Problem.DECRYPTION_FAILED.INTERNAL"];
      502: components["responses"]["Problem.TEMPORAL_REFUSED"];
      503: components["responses"]["Problem.ISSUER_UNAVAILABLE.TEMPORAL_UNAVAILABLE"];
      504: components["responses"]["Problem.NO_WORKER_POLLING.RUN_NOT_ANSWERING"];
    };
  };
  listRuns: {
    parameters: {
      query?: {
        type?: string;
        status?: "running" | "completed" | "failed" | "canceled" | "terminated" | "timedOut" | "continuedAsNew";
        /** @description The path of a state that the run's state machine is in, or ended in */
        state?: string;
        /** @description Only runs that have a state machine */
        machine?: "true";
        mark?: "parked" | "paused" | "partial" | "waiting";
        startedAfter?: string;
        startedBefore?: string;
        limit?: number;
        cursor?: string;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description A page of runs. */
      200: {
        headers: {
          "X-Request-Id": components["headers"]["X-Request-Id"];
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["RunPage"];
        };
      };
      400: components["responses"]["Problem.BAD_REQUEST.INVALID_CURSOR.INVALID_REQUEST.MALFORMED_URL"];
      401: components["responses"]["Problem.UNAUTHENTICATED"];
      403: components["responses"]["Problem.CSRF_TOKEN_MISSING.FORBIDDEN"];
      408: components["responses"]["Problem.REQUEST_TIMEOUT"];
      429: components["responses"]["Problem.RATE_LIMITED.TOO_MANY_REQUESTS"];
      431: components["responses"]["Problem.HEADERS_TOO_LARGE"];
      500: components["responses"]["Problem.DECRYPTION_FAILED.INTERNAL"];
      502: components["responses"]["Problem.TEMPORAL_REFUSED"];
      503: components["responses"]["Problem.ISSUER_UNAVAILABLE.TEMPORAL_UNAVAILABLE"];
    };
  };
  countRuns: {
    parameters: {
      query?: {
        type?: string;
        status?: "running" | "completed" | "failed" | "canceled" | "terminated" | "timedOut" | "continuedAsNew";
        /** @description The path of a state that the run's state machine is in, or ended in */
        state?: string;
        /** @description Only runs that have a state machine */
        machine?: "true";
        mark?: "parked" | "paused" | "partial" | "waiting";
        startedAfter?: string;
        startedBefore?: string;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The counts. */
      200: {
        headers: {
          "X-Request-Id": components["headers"]["X-Request-Id"];
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["RunCounts"];
        };
      };
      400: components["responses"]["Problem.BAD_REQUEST.INVALID_REQUEST.MALFORMED_URL"];
      401: components["responses"]["Problem.UNAUTHENTICATED"];
      403: components["responses"]["Problem.CSRF_TOKEN_MISSING.FORBIDDEN"];
      408: components["responses"]["Problem.REQUEST_TIMEOUT"];
      429: components["responses"]["Problem.RATE_LIMITED.TOO_MANY_REQUESTS"];
      431: components["responses"]["Problem.HEADERS_TOO_LARGE"];
      500: components["responses"]["Problem.DECRYPTION_FAILED.INTERNAL"];
      502: components["responses"]["Problem.TEMPORAL_REFUSED"];
      503: components["responses"]["Problem.ISSUER_UNAVAILABLE.TEMPORAL_UNAVAILABLE"];
    };
  };
  getRun: {
    parameters: {
      query?: {
        runId?: string;
      };
      header?: never;
      path: {
        workflowId: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The run. */
      200: {
        headers: {
          "X-Request-Id": components["headers"]["X-Request-Id"];
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["Run"];
        };
      };
      400: components["responses"]["Problem.BAD_REQUEST.INVALID_REQUEST.MALFORMED_URL"];
      401: components["responses"]["Problem.UNAUTHENTICATED"];
      403: components["responses"]["Problem.CSRF_TOKEN_MISSING.FORBIDDEN"];
      404: components["responses"]["Problem.NOT_FOUND.RUN_NOT_FOUND"];
      408: components["responses"]["Problem.REQUEST_TIMEOUT"];
      429: components["responses"]["Problem.RATE_LIMITED.TOO_MANY_REQUESTS"];
      431: components["responses"]["Problem.HEADERS_TOO_LARGE"];
      500: components["responses"]["Problem.DECRYPTION_FAILED.INTERNAL"];
      502: components["responses"]["Problem.TEMPORAL_REFUSED"];
      503: components["responses"]["Problem.ISSUER_UNAVAILABLE.TEMPORAL_UNAVAILABLE"];
    };
  };
  getResult: {
    parameters: {
      query?: {
        runId?: string;
        wait?: number;
      };
      header?: never;
      path: {
        workflowId: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description It is over. */
      200: {
        headers: {
          "X-Request-Id": components["headers"]["X-Request-Id"];
          [name: string]: unknown;
        };
        content: {
          "application/json":
            | {
                /** @constant */
                status: "completed";
                result:
                  | components["schemas"]["fulfillOrder.Result"]
                  | components["schemas"]["returnRequest.Result"]
                  | components["schemas"]["dailyDigest.Result"];
              }
            | {
                /** @constant */
                status: "failed";
                error: components["schemas"]["fulfillOrder.Error"] | components["schemas"]["RunError"];
              }
            | {
                /** @enum {string} */
                status: "canceled" | "terminated" | "timedOut";
                error: components["schemas"]["fulfillOrder.Error"] | components["schemas"]["RunError"];
              }
            | {
                /** @constant */
                status: "continuedAsNew";
              };
        };
      };
      /** @description It goes on. */
      202: {
        headers: {
          "X-Request-Id": components["headers"]["X-Request-Id"];
          "Retry-After": components["headers"]["Retry-After"];
          [name: string]: unknown;
        };
        content: {
          "application/json": {
            /** @constant */
            status: "running";
          };
        };
      };
      400: components["responses"]["Problem.BAD_REQUEST.INVALID_REQUEST.MALFORMED_URL"];
      401: components["responses"]["Problem.UNAUTHENTICATED"];
      403: components["responses"]["Problem.CSRF_TOKEN_MISSING.FORBIDDEN"];
      404: components["responses"]["Problem.NOT_FOUND.RUN_NOT_FOUND"];
      408: components["responses"]["Problem.REQUEST_TIMEOUT"];
      429: components["responses"]["Problem.RATE_LIMITED.TOO_MANY_REQUESTS"];
      431: components["responses"]["Problem.HEADERS_TOO_LARGE"];
      500: components["responses"]["Problem.DECRYPTION_FAILED.INTERNAL"];
      502: components["responses"]["Problem.TEMPORAL_REFUSED"];
      503: components["responses"]["Problem.ISSUER_UNAVAILABLE.TEMPORAL_UNAVAILABLE"];
    };
  };
  getHistory: {
    parameters: {
      query?: {
        runId?: string;
      };
      header?: never;
      path: {
        workflowId: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description All events, oldest first. */
      200: {
        headers: {
          "X-Request-Id": components["headers"]["X-Request-Id"];
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["History"];
        };
      };
      400: components["responses"]["Problem.BAD_REQUEST.INVALID_REQUEST.MALFORMED_URL"];
      401: components["responses"]["Problem.UNAUTHENTICATED"];
      403: components["responses"]["Problem.CSRF_TOKEN_MISSING.FORBIDDEN"];
      404: components["responses"]["Problem.NOT_FOUND.RUN_NOT_FOUND"];
      408: components["responses"]["Problem.REQUEST_TIMEOUT"];
      429: components["responses"]["Problem.RATE_LIMITED.TOO_MANY_REQUESTS"];
      431: components["responses"]["Problem.HEADERS_TOO_LARGE"];
      500: components["responses"]["Problem.DECRYPTION_FAILED.INTERNAL"];
      502: components["responses"]["Problem.TEMPORAL_REFUSED"];
      503: components["responses"]["Problem.ISSUER_UNAVAILABLE.TEMPORAL_UNAVAILABLE"];
    };
  };
  streamEvents: {
    parameters: {
      query?: {
        runId?: string;
      };
      header?: {
        "Last-Event-Id"?: string;
      };
      path: {
        workflowId: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Server-sent events, the last of which is named `end`. */
      200: {
        headers: {
          "X-Request-Id": components["headers"]["X-Request-Id"];
          [name: string]: unknown;
        };
        content: {
          "text/event-stream": unknown;
        };
      };
      /** @description Nothing comes after the event that `Last-Event-ID` names. */
      204: {
        headers: {
          "X-Request-Id": components["headers"]["X-Request-Id"];
          [name: string]: unknown;
        };
        content?: never;
      };
      400: components["responses"]["Problem.BAD_REQUEST.INVALID_EVENT_ID.INVALID_REQUEST.MALFORMED_URL"];
      401: components["responses"]["Problem.UNAUTHENTICATED"];
      403: components["responses"]["Problem.CSRF_TOKEN_MISSING.FORBIDDEN"];
      404: components["responses"]["Problem.NOT_FOUND.RUN_NOT_FOUND"];
      408: components["responses"]["Problem.REQUEST_TIMEOUT"];
      429: components["responses"]["Problem.RATE_LIMITED.TOO_MANY_REQUESTS.TOO_MANY_STREAMS"];
      431: components["responses"]["Problem.HEADERS_TOO_LARGE"];
      500: components["responses"]["Problem.DECRYPTION_FAILED.INTERNAL"];
      502: components["responses"]["Problem.TEMPORAL_REFUSED"];
      503: components["responses"]["Problem.ISSUER_UNAVAILABLE.TEMPORAL_UNAVAILABLE"];
    };
  };
  getDiagram: {
    parameters: {
      query?: {
        runId?: string;
        /** @description The run's state machine, or its steps; without it, the state machine of a run that has one */
        kind?: "machine" | "saga";
      };
      header?: never;
      path: {
        workflowId: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The diagram's text. */
      200: {
        headers: {
          "X-Request-Id": components["headers"]["X-Request-Id"];
          [name: string]: unknown;
        };
        content: {
          "application/json": {
            workflowId: string;
            /** @enum {string} */
            kind: "machine" | "saga";
            mermaid: string;
          };
        };
      };
      400: components["responses"]["Problem.BAD_REQUEST.INVALID_REQUEST.MALFORMED_URL"];
      401: components["responses"]["Problem.UNAUTHENTICATED"];
      403: components["responses"]["Problem.CSRF_TOKEN_MISSING.FORBIDDEN"];
      404: components["responses"]["Problem.NOT_FOUND.NO_STATE_MACHINE.RUN_NOT_FOUND"];
      408: components["responses"]["Problem.REQUEST_TIMEOUT"];
      429: components["responses"]["Problem.RATE_LIMITED.TOO_MANY_REQUESTS"];
      431: components["responses"]["Problem.HEADERS_TOO_LARGE"];
      500: components["responses"]["Problem.DECRYPTION_FAILED.INTERNAL"];
      502: components["responses"]["Problem.TEMPORAL_REFUSED"];
      503: components["responses"]["Problem.ISSUER_UNAVAILABLE.TEMPORAL_UNAVAILABLE"];
    };
  };
  sendSignal_approve: {
    parameters: {
      query?: {
        runId?: string;
      };
      header?: never;
      path: {
        workflowId: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        /**
         * @example {
         *       "input": {
         *         "approved": true,
         *         "by": "text"
         *       }
         *     }
         */
        "application/json": {
          input: components["schemas"]["fulfillOrder.Signal.approve"];
        };
      };
    };
    responses: {
      /** @description The run gets it. */
      202: {
        headers: {
          "X-Request-Id": components["headers"]["X-Request-Id"];
          [name: string]: unknown;
        };
        content: {
          "application/json": {
            workflowId: string;
            /** @constant */
            signal: "approve";
            /** @constant */
            accepted: true;
          };
        };
      };
      400: components["responses"]["Problem.BAD_REQUEST.INVALID_REQUEST.MALFORMED_URL.NOT_JSON.NOT_UTF8.TOO_DEEP"];
      401: components["responses"]["Problem.UNAUTHENTICATED"];
      403: components["responses"]["Problem.CSRF_TOKEN_MISSING.FORBIDDEN"];
      404: components["responses"]["Problem.NOT_FOUND.RUN_NOT_FOUND.UNKNOWN_SIGNAL"];
      408: components["responses"]["Problem.REQUEST_TIMEOUT"];
      409: components["responses"]["Problem.RUN_CLOSED"];
      413: components["responses"]["Problem.BODY_TOO_LARGE.PAYLOAD_TOO_LARGE"];
      415: components["responses"]["Problem.UNSUPPORTED_MEDIA_TYPE"];
      422: components["responses"]["Problem.INVALID_BODY.INVALID_INPUT"];
      429: components["responses"]["Problem.RATE_LIMITED.TOO_MANY_REQUESTS"];
      431: components["responses"]["Problem.HEADERS_TOO_LARGE"];
      500: components["responses"]["Problem.DECRYPTION_FAILED.INTERNAL"];
      502: components["responses"]["Problem.TEMPORAL_REFUSED"];
      503: components["responses"]["Problem.ISSUER_UNAVAILABLE.TEMPORAL_UNAVAILABLE"];
    };
  };
  sendSignal: {
    parameters: {
      query?: {
        runId?: string;
      };
      header?: never;
      path: {
        workflowId: string;
        name: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        "application/json": {
          input?: unknown;
        };
      };
    };
    responses: {
      /** @description The run gets it. */
      202: {
        headers: {
          "X-Request-Id": components["headers"]["X-Request-Id"];
          [name: string]: unknown;
        };
        content: {
          "application/json": {
            workflowId: string;
            signal: string;
            /** @constant */
            accepted: true;
          };
        };
      };
      400: components["responses"]["Problem.BAD_REQUEST.INVALID_REQUEST.MALFORMED_URL.NOT_JSON.NOT_UTF8.TOO_DEEP"];
      401: components["responses"]["Problem.UNAUTHENTICATED"];
      403: components["responses"]["Problem.CSRF_TOKEN_MISSING.FORBIDDEN"];
      404: components["responses"]["Problem.NOT_FOUND.RUN_NOT_FOUND.UNKNOWN_SIGNAL"];
      408: components["responses"]["Problem.REQUEST_TIMEOUT"];
      409: components["responses"]["Problem.RUN_CLOSED"];
      413: components["responses"]["Problem.BODY_TOO_LARGE.PAYLOAD_TOO_LARGE"];
      415: components["responses"]["Problem.UNSUPPORTED_MEDIA_TYPE"];
      422: components["responses"]["Problem.INVALID_BODY.INVALID_INPUT"];
      429: components["responses"]["Problem.RATE_LIMITED.TOO_MANY_REQUESTS"];
      431: components["responses"]["Problem.HEADERS_TOO_LARGE"];
      500: components["responses"]["Problem.DECRYPTION_FAILED.INTERNAL"];
      502: components["responses"]["Problem.TEMPORAL_REFUSED"];
      503: components["responses"]["Problem.ISSUER_UNAVAILABLE.TEMPORAL_UNAVAILABLE"];
    };
  };
  queryRun: {
    parameters: {
      query?: {
        runId?: string;
      };
      header?: never;
      path: {
        workflowId: string;
        name: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        "application/json": {
          input?: unknown;
        };
      };
    };
    responses: {
      /** @description What it answered. */
      200: {
        headers: {
          "X-Request-Id": components["headers"]["X-Request-Id"];
          [name: string]: unknown;
        };
        content: {
          "application/json": {
            workflowId: string;
            query: string;
            result?: unknown;
          };
        };
      };
      400: components["responses"]["Problem.BAD_REQUEST.INVALID_REQUEST.MALFORMED_URL.NOT_JSON.NOT_UTF8.TOO_DEEP"];
      401: components["responses"]["Problem.UNAUTHENTICATED"];
      403: components["responses"]["Problem.CSRF_TOKEN_MISSING.FORBIDDEN"];
      404: components["responses"]["Problem.NOT_FOUND.RUN_NOT_FOUND.UNKNOWN_QUERY"];
      408: components["responses"]["Problem.REQUEST_TIMEOUT"];
      413: components["responses"]["Problem.BODY_TOO_LARGE.PAYLOAD_TOO_LARGE"];
      415: components["responses"]["Problem.UNSUPPORTED_MEDIA_TYPE"];
      422: components["responses"]["Problem.INVALID_BODY.INVALID_INPUT.QUERY_FAILED"];
      429: components["responses"]["Problem.RATE_LIMITED.TOO_MANY_REQUESTS"];
      431: components["responses"]["Problem.HEADERS_TOO_LARGE"];
      500: components["responses"]["Problem.DECRYPTION_FAILED.INTERNAL"];
      502: components["responses"]["Problem.TEMPORAL_REFUSED"];
      503: components["responses"]["Problem.ISSUER_UNAVAILABLE.TEMPORAL_UNAVAILABLE"];
      504: components["responses"]["Problem.NO_WORKER_POLLING.RUN_NOT_ANSWERING"];
    };
  };
  updateRun_inspect: {
    parameters: {
      query?: {
        runId?: string;
      };
      header?: {
        "Idempotency-Key"?: string;
        Prefer?: string;
      };
      path: {
        workflowId: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        /**
         * @example {
         *       "input": {
         *         "ok": true,
         *         "note": "text"
         *       }
         *     }
         */
        "application/json": {
          input: components["schemas"]["returnRequest.Update.inspect.Input"];
        };
      };
    };
    responses: {
      /** @description It ended within `Prefer: wait`. */
      200: {
        headers: {
          "X-Request-Id": components["headers"]["X-Request-Id"];
          "Preference-Applied": components["headers"]["Preference-Applied"];
          [name: string]: unknown;
        };
        content: {
          "application/json":
            | {
                workflowId: string;
                /** @constant */
                update: "inspect";
                updateId: string;
                runId: string;
                /** @constant */
                status: "completed";
                result: components["schemas"]["returnRequest.Update.inspect.Result"];
              }
            | {
                workflowId: string;
                /** @constant */
                update: "inspect";
                updateId: string;
                runId: string;
                /** @constant */
                status: "failed";
                error: components["schemas"]["RunError"];
              };
        };
      };
      /** @description The run took it. */
      202: {
        headers: {
          "X-Request-Id": components["headers"]["X-Request-Id"];
          Location: components["headers"]["Location"];
          "Retry-After": components["headers"]["Retry-After"];
          [name: string]: unknown;
        };
        content: {
          "application/json": {
            workflowId: string;
            /** @constant */
            update: "inspect";
            updateId: string;
            runId: string;
            /** @constant */
            status: "running";
          };
        };
      };
      400: components["responses"]["Problem.BAD_REQUEST.INVALID_REQUEST.MALFORMED_URL.NOT_JSON.NOT_UTF8.TOO_DEEP"];
      401: components["responses"]["Problem.UNAUTHENTICATED"];
      403: components["responses"]["Problem.CSRF_TOKEN_MISSING.FORBIDDEN"];
      404: components["responses"]["Problem.NOT_FOUND.RUN_NOT_FOUND.UNKNOWN_UPDATE"];
      408: components["responses"]["Problem.REQUEST_TIMEOUT"];
      409: components["responses"]["Problem.EVENT_NOT_ALLOWED.RUN_CLOSED.TRANSITION_IN_PROGRESS.UPDATE_REJECTED"];
      413: components["responses"]["Problem.BODY_TOO_LARGE.PAYLOAD_TOO_LARGE"];
      415: components["responses"]["Problem.UNSUPPORTED_MEDIA_TYPE"];
      422: components["responses"]["Problem.IDEMPOTENCY_KEY_REUSED.INVALID_BODY.INVALID_INPUT"];
      429: components["responses"]["Problem.RATE_LIMITED.TOO_MANY_REQUESTS"];
      431: components["responses"]["Problem.HEADERS_TOO_LARGE"];
      500: components["responses"]["Problem.DECRYPTION_FAILED.INTERNAL"];
      502: components["responses"]["Problem.TEMPORAL_REFUSED"];
      503: components["responses"]["Problem.ISSUER_UNAVAILABLE.TEMPORAL_UNAVAILABLE"];
      504: components["responses"]["Problem.NO_WORKER_POLLING.RUN_NOT_ANSWERING"];
    };
  };
  updateRun_decide: {
    parameters: {
      query?: {
        runId?: string;
      };
      header?: {
        "Idempotency-Key"?: string;
        Prefer?: string;
      };
      path: {
        workflowId: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        /**
         * @example {
         *       "input": {
         *         "approved": true,
         *         "note": "text"
         *       }
         *     }
         */
        "application/json": {
          input: components["schemas"]["returnRequest.Update.decide.Input"];
        };
      };
    };
    responses: {
      /** @description It ended within `Prefer: wait`. */
      200: {
        headers: {
          "X-Request-Id": components["headers"]["X-Request-Id"];
          "Preference-Applied": components["headers"]["Preference-Applied"];
          [name: string]: unknown;
        };
        content: {
          "application/json":
            | {
                workflowId: string;
                /** @constant */
                update: "decide";
                updateId: string;
                runId: string;
                /** @constant */
                status: "completed";
                result: components["schemas"]["returnRequest.Update.decide.Result"];
              }
            | {
                workflowId: string;
                /** @constant */
                update: "decide";
                updateId: string;
                runId: string;
                /** @constant */
                status: "failed";
                error: components["schemas"]["RunError"];
              };
        };
      };
      /** @description The run took it. */
      202: {
        headers: {
          "X-Request-Id": components["headers"]["X-Request-Id"];
          Location: components["headers"]["Location"];
          "Retry-After": components["headers"]["Retry-After"];
          [name: string]: unknown;
        };
        content: {
          "application/json": {
            workflowId: string;
            /** @constant */
            update: "decide";
            updateId: string;
            runId: string;
            /** @constant */
            status: "running";
          };
        };
      };
      400: components["responses"]["Problem.BAD_REQUEST.INVALID_REQUEST.MALFORMED_URL.NOT_JSON.NOT_UTF8.TOO_DEEP"];
      401: components["responses"]["Problem.UNAUTHENTICATED"];
      403: components["responses"]["Problem.CSRF_TOKEN_MISSING.FORBIDDEN"];
      404: components["responses"]["Problem.NOT_FOUND.RUN_NOT_FOUND.UNKNOWN_UPDATE"];
      408: components["responses"]["Problem.REQUEST_TIMEOUT"];
      409: components["responses"]["Problem.EVENT_NOT_ALLOWED.RUN_CLOSED.TRANSITION_IN_PROGRESS.UPDATE_REJECTED"];
      413: components["responses"]["Problem.BODY_TOO_LARGE.PAYLOAD_TOO_LARGE"];
      415: components["responses"]["Problem.UNSUPPORTED_MEDIA_TYPE"];
      422: components["responses"]["Problem.IDEMPOTENCY_KEY_REUSED.INVALID_BODY.INVALID_INPUT"];
      429: components["responses"]["Problem.RATE_LIMITED.TOO_MANY_REQUESTS"];
      431: components["responses"]["Problem.HEADERS_TOO_LARGE"];
      500: components["responses"]["Problem.DECRYPTION_FAILED.INTERNAL"];
      502: components["responses"]["Problem.TEMPORAL_REFUSED"];
      503: components["responses"]["Problem.ISSUER_UNAVAILABLE.TEMPORAL_UNAVAILABLE"];
      504: components["responses"]["Problem.NO_WORKER_POLLING.RUN_NOT_ANSWERING"];
    };
  };
  updateRun_settle: {
    parameters: {
      query?: {
        runId?: string;
      };
      header?: {
        "Idempotency-Key"?: string;
        Prefer?: string;
      };
      path: {
        workflowId: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        /**
         * @example {
         *       "input": {
         *         "note": "text"
         *       }
         *     }
         */
        "application/json": {
          input: components["schemas"]["returnRequest.Update.settle.Input"];
        };
      };
    };
    responses: {
      /** @description It ended within `Prefer: wait`. */
      200: {
        headers: {
          "X-Request-Id": components["headers"]["X-Request-Id"];
          "Preference-Applied": components["headers"]["Preference-Applied"];
          [name: string]: unknown;
        };
        content: {
          "application/json":
            | {
                workflowId: string;
                /** @constant */
                update: "settle";
                updateId: string;
                runId: string;
                /** @constant */
                status: "completed";
                result: components["schemas"]["returnRequest.Update.settle.Result"];
              }
            | {
                workflowId: string;
                /** @constant */
                update: "settle";
                updateId: string;
                runId: string;
                /** @constant */
                status: "failed";
                error: components["schemas"]["RunError"];
              };
        };
      };
      /** @description The run took it. */
      202: {
        headers: {
          "X-Request-Id": components["headers"]["X-Request-Id"];
          Location: components["headers"]["Location"];
          "Retry-After": components["headers"]["Retry-After"];
          [name: string]: unknown;
        };
        content: {
          "application/json": {
            workflowId: string;
            /** @constant */
            update: "settle";
            updateId: string;
            runId: string;
            /** @constant */
            status: "running";
          };
        };
      };
      400: components["responses"]["Problem.BAD_REQUEST.INVALID_REQUEST.MALFORMED_URL.NOT_JSON.NOT_UTF8.TOO_DEEP"];
      401: components["responses"]["Problem.UNAUTHENTICATED"];
      403: components["responses"]["Problem.CSRF_TOKEN_MISSING.FORBIDDEN"];
      404: components["responses"]["Problem.NOT_FOUND.RUN_NOT_FOUND.UNKNOWN_UPDATE"];
      408: components["responses"]["Problem.REQUEST_TIMEOUT"];
      409: components["responses"]["Problem.EVENT_NOT_ALLOWED.RUN_CLOSED.TRANSITION_IN_PROGRESS.UPDATE_REJECTED"];
      413: components["responses"]["Problem.BODY_TOO_LARGE.PAYLOAD_TOO_LARGE"];
      415: components["responses"]["Problem.UNSUPPORTED_MEDIA_TYPE"];
      422: components["responses"]["Problem.IDEMPOTENCY_KEY_REUSED.INVALID_BODY.INVALID_INPUT"];
      429: components["responses"]["Problem.RATE_LIMITED.TOO_MANY_REQUESTS"];
      431: components["responses"]["Problem.HEADERS_TOO_LARGE"];
      500: components["responses"]["Problem.DECRYPTION_FAILED.INTERNAL"];
      502: components["responses"]["Problem.TEMPORAL_REFUSED"];
      503: components["responses"]["Problem.ISSUER_UNAVAILABLE.TEMPORAL_UNAVAILABLE"];
      504: components["responses"]["Problem.NO_WORKER_POLLING.RUN_NOT_ANSWERING"];
    };
  };
  updateRun: {
    parameters: {
      query?: {
        runId?: string;
      };
      header?: {
        "Idempotency-Key"?: string;
        Prefer?: string;
      };
      path: {
        workflowId: string;
        name: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        "application/json": {
          input?: unknown;
        };
      };
    };
    responses: {
      /** @description It ended within `Prefer: wait`. */
      200: {
        headers: {
          "X-Request-Id": components["headers"]["X-Request-Id"];
          "Preference-Applied": components["headers"]["Preference-Applied"];
          [name: string]: unknown;
        };
        content: {
          "application/json":
            | {
                workflowId: string;
                update: string;
                updateId: string;
                runId: string;
                /** @constant */
                status: "completed";
                result?: unknown;
              }
            | {
                workflowId: string;
                update: string;
                updateId: string;
                runId: string;
                /** @constant */
                status: "failed";
                error: components["schemas"]["RunError"];
              };
        };
      };
      /** @description The run took it. */
      202: {
        headers: {
          "X-Request-Id": components["headers"]["X-Request-Id"];
          Location: components["headers"]["Location"];
          "Retry-After": components["headers"]["Retry-After"];
          [name: string]: unknown;
        };
        content: {
          "application/json": {
            workflowId: string;
            update: string;
            updateId: string;
            runId: string;
            /** @constant */
            status: "running";
          };
        };
      };
      400: components["responses"]["Problem.BAD_REQUEST.INVALID_REQUEST.MALFORMED_URL.NOT_JSON.NOT_UTF8.TOO_DEEP"];
      401: components["responses"]["Problem.UNAUTHENTICATED"];
      403: components["responses"]["Problem.CSRF_TOKEN_MISSING.FORBIDDEN"];
      404: components["responses"]["Problem.NOT_FOUND.RUN_NOT_FOUND.UNKNOWN_UPDATE"];
      408: components["responses"]["Problem.REQUEST_TIMEOUT"];
      409: components["responses"]["Problem.EVENT_NOT_ALLOWED.RUN_CLOSED.TRANSITION_IN_PROGRESS.UPDATE_REJECTED"];
      413: components["responses"]["Problem.BODY_TOO_LARGE.PAYLOAD_TOO_LARGE"];
      415: components["responses"]["Problem.UNSUPPORTED_MEDIA_TYPE"];
      422: components["responses"]["Problem.IDEMPOTENCY_KEY_REUSED.INVALID_BODY.INVALID_INPUT"];
      429: components["responses"]["Problem.RATE_LIMITED.TOO_MANY_REQUESTS"];
      431: components["responses"]["Problem.HEADERS_TOO_LARGE"];
      500: components["responses"]["Problem.DECRYPTION_FAILED.INTERNAL"];
      502: components["responses"]["Problem.TEMPORAL_REFUSED"];
      503: components["responses"]["Problem.ISSUER_UNAVAILABLE.TEMPORAL_UNAVAILABLE"];
      504: components["responses"]["Problem.NO_WORKER_POLLING.RUN_NOT_ANSWERING"];
    };
  };
  getUpdate_inspect: {
    parameters: {
      query?: {
        runId?: string;
        wait?: number;
      };
      header?: never;
      path: {
        workflowId: string;
        updateId: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description It is over. */
      200: {
        headers: {
          "X-Request-Id": components["headers"]["X-Request-Id"];
          [name: string]: unknown;
        };
        content: {
          "application/json":
            | {
                workflowId: string;
                /** @constant */
                update: "inspect";
                updateId: string;
                runId: string;
                /** @constant */
                status: "completed";
                result: components["schemas"]["returnRequest.Update.inspect.Result"];
              }
            | {
                workflowId: string;
                /** @constant */
                update: "inspect";
                updateId: string;
                runId: string;
                /** @constant */
                status: "failed";
                error: components["schemas"]["RunError"];
              };
        };
      };
      /** @description It goes on. */
      202: {
        headers: {
          "X-Request-Id": components["headers"]["X-Request-Id"];
          Location: components["headers"]["Location"];
          "Retry-After": components["headers"]["Retry-After"];
          [name: string]: unknown;
        };
        content: {
          "application/json": {
            workflowId: string;
            /** @constant */
            update: "inspect";
            updateId: string;
            runId: string;
            /** @constant */
            status: "running";
          };
        };
      };
      400: components["responses"]["Problem.BAD_REQUEST.INVALID_REQUEST.MALFORMED_URL"];
      401: components["responses"]["Problem.UNAUTHENTICATED"];
      403: components["responses"]["Problem.CSRF_TOKEN_MISSING.FORBIDDEN"];
      404: components["responses"]["Problem.NOT_FOUND.RUN_NOT_FOUND.UNKNOWN_UPDATE.UPDATE_NOT_FOUND"];
      408: components["responses"]["Problem.REQUEST_TIMEOUT"];
      429: components["responses"]["Problem.RATE_LIMITED.TOO_MANY_REQUESTS"];
      431: components["responses"]["Problem.HEADERS_TOO_LARGE"];
      500: components["responses"]["Problem.DECRYPTION_FAILED.INTERNAL"];
      502: components["responses"]["Problem.TEMPORAL_REFUSED"];
      503: components["responses"]["Problem.ISSUER_UNAVAILABLE.TEMPORAL_UNAVAILABLE"];
      504: components["responses"]["Problem.NO_WORKER_POLLING.RUN_NOT_ANSWERING"];
    };
  };
  getUpdate_decide: {
    parameters: {
      query?: {
        runId?: string;
        wait?: number;
      };
      header?: never;
      path: {
        workflowId: string;
        updateId: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description It is over. */
      200: {
        headers: {
          "X-Request-Id": components["headers"]["X-Request-Id"];
          [name: string]: unknown;
        };
        content: {
          "application/json":
            | {
                workflowId: string;
                /** @constant */
                update: "decide";
                updateId: string;
                runId: string;
                /** @constant */
                status: "completed";
                result: components["schemas"]["returnRequest.Update.decide.Result"];
              }
            | {
                workflowId: string;
                /** @constant */
                update: "decide";
                updateId: string;
                runId: string;
                /** @constant */
                status: "failed";
                error: components["schemas"]["RunError"];
              };
        };
      };
      /** @description It goes on. */
      202: {
        headers: {
          "X-Request-Id": components["headers"]["X-Request-Id"];
          Location: components["headers"]["Location"];
          "Retry-After": components["headers"]["Retry-After"];
          [name: string]: unknown;
        };
        content: {
          "application/json": {
            workflowId: string;
            /** @constant */
            update: "decide";
            updateId: string;
            runId: string;
            /** @constant */
            status: "running";
          };
        };
      };
      400: components["responses"]["Problem.BAD_REQUEST.INVALID_REQUEST.MALFORMED_URL"];
      401: components["responses"]["Problem.UNAUTHENTICATED"];
      403: components["responses"]["Problem.CSRF_TOKEN_MISSING.FORBIDDEN"];
      404: components["responses"]["Problem.NOT_FOUND.RUN_NOT_FOUND.UNKNOWN_UPDATE.UPDATE_NOT_FOUND"];
      408: components["responses"]["Problem.REQUEST_TIMEOUT"];
      429: components["responses"]["Problem.RATE_LIMITED.TOO_MANY_REQUESTS"];
      431: components["responses"]["Problem.HEADERS_TOO_LARGE"];
      500: components["responses"]["Problem.DECRYPTION_FAILED.INTERNAL"];
      502: components["responses"]["Problem.TEMPORAL_REFUSED"];
      503: components["responses"]["Problem.ISSUER_UNAVAILABLE.TEMPORAL_UNAVAILABLE"];
      504: components["responses"]["Problem.NO_WORKER_POLLING.RUN_NOT_ANSWERING"];
    };
  };
  getUpdate_settle: {
    parameters: {
      query?: {
        runId?: string;
        wait?: number;
      };
      header?: never;
      path: {
        workflowId: string;
        updateId: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description It is over. */
      200: {
        headers: {
          "X-Request-Id": components["headers"]["X-Request-Id"];
          [name: string]: unknown;
        };
        content: {
          "application/json":
            | {
                workflowId: string;
                /** @constant */
                update: "settle";
                updateId: string;
                runId: string;
                /** @constant */
                status: "completed";
                result: components["schemas"]["returnRequest.Update.settle.Result"];
              }
            | {
                workflowId: string;
                /** @constant */
                update: "settle";
                updateId: string;
                runId: string;
                /** @constant */
                status: "failed";
                error: components["schemas"]["RunError"];
              };
        };
      };
      /** @description It goes on. */
      202: {
        headers: {
          "X-Request-Id": components["headers"]["X-Request-Id"];
          Location: components["headers"]["Location"];
          "Retry-After": components["headers"]["Retry-After"];
          [name: string]: unknown;
        };
        content: {
          "application/json": {
            workflowId: string;
            /** @constant */
            update: "settle";
            updateId: string;
            runId: string;
            /** @constant */
            status: "running";
          };
        };
      };
      400: components["responses"]["Problem.BAD_REQUEST.INVALID_REQUEST.MALFORMED_URL"];
      401: components["responses"]["Problem.UNAUTHENTICATED"];
      403: components["responses"]["Problem.CSRF_TOKEN_MISSING.FORBIDDEN"];
      404: components["responses"]["Problem.NOT_FOUND.RUN_NOT_FOUND.UNKNOWN_UPDATE.UPDATE_NOT_FOUND"];
      408: components["responses"]["Problem.REQUEST_TIMEOUT"];
      429: components["responses"]["Problem.RATE_LIMITED.TOO_MANY_REQUESTS"];
      431: components["responses"]["Problem.HEADERS_TOO_LARGE"];
      500: components["responses"]["Problem.DECRYPTION_FAILED.INTERNAL"];
      502: components["responses"]["Problem.TEMPORAL_REFUSED"];
      503: components["responses"]["Problem.ISSUER_UNAVAILABLE.TEMPORAL_UNAVAILABLE"];
      504: components["responses"]["Problem.NO_WORKER_POLLING.RUN_NOT_ANSWERING"];
    };
  };
  getUpdate: {
    parameters: {
      query?: {
        runId?: string;
        wait?: number;
      };
      header?: never;
      path: {
        workflowId: string;
        name: string;
        updateId: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description It is over. */
      200: {
        headers: {
          "X-Request-Id": components["headers"]["X-Request-Id"];
          [name: string]: unknown;
        };
        content: {
          "application/json":
            | {
                workflowId: string;
                update: string;
                updateId: string;
                runId: string;
                /** @constant */
                status: "completed";
                result?: unknown;
              }
            | {
                workflowId: string;
                update: string;
                updateId: string;
                runId: string;
                /** @constant */
                status: "failed";
                error: components["schemas"]["RunError"];
              };
        };
      };
      /** @description It goes on. */
      202: {
        headers: {
          "X-Request-Id": components["headers"]["X-Request-Id"];
          Location: components["headers"]["Location"];
          "Retry-After": components["headers"]["Retry-After"];
          [name: string]: unknown;
        };
        content: {
          "application/json": {
            workflowId: string;
            update: string;
            updateId: string;
            runId: string;
            /** @constant */
            status: "running";
          };
        };
      };
      400: components["responses"]["Problem.BAD_REQUEST.INVALID_REQUEST.MALFORMED_URL"];
      401: components["responses"]["Problem.UNAUTHENTICATED"];
      403: components["responses"]["Problem.CSRF_TOKEN_MISSING.FORBIDDEN"];
      404: components["responses"]["Problem.NOT_FOUND.RUN_NOT_FOUND.UNKNOWN_UPDATE.UPDATE_NOT_FOUND"];
      408: components["responses"]["Problem.REQUEST_TIMEOUT"];
      429: components["responses"]["Problem.RATE_LIMITED.TOO_MANY_REQUESTS"];
      431: components["responses"]["Problem.HEADERS_TOO_LARGE"];
      500: components["responses"]["Problem.DECRYPTION_FAILED.INTERNAL"];
      502: components["responses"]["Problem.TEMPORAL_REFUSED"];
      503: components["responses"]["Problem.ISSUER_UNAVAILABLE.TEMPORAL_UNAVAILABLE"];
      504: components["responses"]["Problem.NO_WORKER_POLLING.RUN_NOT_ANSWERING"];
    };
  };
  cancelRun: {
    parameters: {
      query?: {
        runId?: string;
      };
      header?: never;
      path: {
        workflowId: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        "application/json": {
          reason: string;
        };
      };
    };
    responses: {
      /** @description The run is told. */
      202: {
        headers: {
          "X-Request-Id": components["headers"]["X-Request-Id"];
          [name: string]: unknown;
        };
        content: {
          "application/json": {
            workflowId: string;
            /** @constant */
            accepted: true;
          };
        };
      };
      400: components["responses"]["Problem.BAD_REQUEST.INVALID_REQUEST.MALFORMED_URL.NOT_JSON.NOT_UTF8.TOO_DEEP"];
      401: components["responses"]["Problem.UNAUTHENTICATED"];
      403: components["responses"]["Problem.CSRF_TOKEN_MISSING.FORBIDDEN"];
      404: components["responses"]["Problem.NOT_FOUND.RUN_NOT_FOUND"];
      408: components["responses"]["Problem.REQUEST_TIMEOUT"];
      409: components["responses"]["Problem.RUN_CLOSED"];
      413: components["responses"]["Problem.BODY_TOO_LARGE"];
      415: components["responses"]["Problem.UNSUPPORTED_MEDIA_TYPE"];
      422: components["responses"]["Problem.INVALID_BODY"];
      429: components["responses"]["Problem.RATE_LIMITED.TOO_MANY_REQUESTS"];
      431: components["responses"]["Problem.HEADERS_TOO_LARGE"];
      500: components["responses"]["Problem.DECRYPTION_FAILED.INTERNAL"];
      502: components["responses"]["Problem.TEMPORAL_REFUSED"];
      503: components["responses"]["Problem.ISSUER_UNAVAILABLE.TEMPORAL_UNAVAILABLE"];
    };
  };
  terminateRun: {
    parameters: {
      query?: {
        runId?: string;
      };
      header?: never;
      path: {
        workflowId: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        "application/json": {
          reason: string;
        };
      };
    };
    responses: {
      /** @description The run is over. */
      202: {
        headers: {
          "X-Request-Id": components["headers"]["X-Request-Id"];
          [name: string]: unknown;
        };
        content: {
          "application/json": {
            workflowId: string;
            /** @constant */
            accepted: true;
          };
        };
      };
      400: components["responses"]["Problem.BAD_REQUEST.INVALID_REQUEST.MALFORMED_URL.NOT_JSON.NOT_UTF8.TOO_DEEP"];
      401: components["responses"]["Problem.UNAUTHENTICATED"];
      403: components["responses"]["Problem.CSRF_TOKEN_MISSING.FORBIDDEN"];
      404: components["responses"]["Problem.NOT_FOUND.RUN_NOT_FOUND"];
      408: components["responses"]["Problem.REQUEST_TIMEOUT"];
      409: components["responses"]["Problem.RUN_CLOSED"];
      413: components["responses"]["Problem.BODY_TOO_LARGE"];
      415: components["responses"]["Problem.UNSUPPORTED_MEDIA_TYPE"];
      422: components["responses"]["Problem.INVALID_BODY"];
      429: components["responses"]["Problem.RATE_LIMITED.TOO_MANY_REQUESTS"];
      431: components["responses"]["Problem.HEADERS_TOO_LARGE"];
      500: components["responses"]["Problem.DECRYPTION_FAILED.INTERNAL"];
      502: components["responses"]["Problem.TEMPORAL_REFUSED"];
      503: components["responses"]["Problem.ISSUER_UNAVAILABLE.TEMPORAL_UNAVAILABLE"];
    };
  };
  pauseRun: {
    parameters: {
      query?: {
        runId?: string;
      };
      header?: never;
      path: {
        workflowId: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        "application/json": {
          reason: string;
        };
      };
    };
    responses: {
      /** @description The run is told. */
      202: {
        headers: {
          "X-Request-Id": components["headers"]["X-Request-Id"];
          [name: string]: unknown;
        };
        content: {
          "application/json": {
            workflowId: string;
            /** @constant */
            accepted: true;
          };
        };
      };
      400: components["responses"]["Problem.BAD_REQUEST.INVALID_REQUEST.MALFORMED_URL.NOT_JSON.NOT_UTF8.TOO_DEEP"];
      401: components["responses"]["Problem.UNAUTHENTICATED"];
      403: components["responses"]["Problem.CSRF_TOKEN_MISSING.FORBIDDEN"];
      404: components["responses"]["Problem.NOT_FOUND.RUN_NOT_FOUND"];
      408: components["responses"]["Problem.REQUEST_TIMEOUT"];
      409: components["responses"]["Problem.RUN_CLOSED.UPDATE_REJECTED"];
      413: components["responses"]["Problem.BODY_TOO_LARGE"];
      415: components["responses"]["Problem.UNSUPPORTED_MEDIA_TYPE"];
      422: components["responses"]["Problem.INVALID_BODY"];
      429: components["responses"]["Problem.RATE_LIMITED.TOO_MANY_REQUESTS"];
      431: components["responses"]["Problem.HEADERS_TOO_LARGE"];
      500: components["responses"]["Problem.DECRYPTION_FAILED.INTERNAL"];
      502: components["responses"]["Problem.TEMPORAL_REFUSED"];
      503: components["responses"]["Problem.ISSUER_UNAVAILABLE.TEMPORAL_UNAVAILABLE"];
      504: components["responses"]["Problem.NO_WORKER_POLLING.RUN_NOT_ANSWERING"];
    };
  };
  resumeRun: {
    parameters: {
      query?: {
        runId?: string;
      };
      header?: never;
      path: {
        workflowId: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        "application/json": {
          reason: string;
        };
      };
    };
    responses: {
      /** @description The run is told. */
      202: {
        headers: {
          "X-Request-Id": components["headers"]["X-Request-Id"];
          [name: string]: unknown;
        };
        content: {
          "application/json": {
            workflowId: string;
            /** @constant */
            accepted: true;
          };
        };
      };
      400: components["responses"]["Problem.BAD_REQUEST.INVALID_REQUEST.MALFORMED_URL.NOT_JSON.NOT_UTF8.TOO_DEEP"];
      401: components["responses"]["Problem.UNAUTHENTICATED"];
      403: components["responses"]["Problem.CSRF_TOKEN_MISSING.FORBIDDEN"];
      404: components["responses"]["Problem.NOT_FOUND.RUN_NOT_FOUND"];
      408: components["responses"]["Problem.REQUEST_TIMEOUT"];
      409: components["responses"]["Problem.RUN_CLOSED.UPDATE_REJECTED"];
      413: components["responses"]["Problem.BODY_TOO_LARGE"];
      415: components["responses"]["Problem.UNSUPPORTED_MEDIA_TYPE"];
      422: components["responses"]["Problem.INVALID_BODY"];
      429: components["responses"]["Problem.RATE_LIMITED.TOO_MANY_REQUESTS"];
      431: components["responses"]["Problem.HEADERS_TOO_LARGE"];
      500: components["responses"]["Problem.DECRYPTION_FAILED.INTERNAL"];
      502: components["responses"]["Problem.TEMPORAL_REFUSED"];
      503: components["responses"]["Problem.ISSUER_UNAVAILABLE.TEMPORAL_UNAVAILABLE"];
      504: components["responses"]["Problem.NO_WORKER_POLLING.RUN_NOT_ANSWERING"];
    };
  };
  skipStep: {
    parameters: {
      query?: {
        runId?: string;
      };
      header?: never;
      path: {
        workflowId: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        "application/json": {
          step: string;
          key?: string;
          output?: unknown;
          reason: string;
        };
      };
    };
    responses: {
      /** @description The run is told. */
      202: {
        headers: {
          "X-Request-Id": components["headers"]["X-Request-Id"];
          [name: string]: unknown;
        };
        content: {
          "application/json": {
            workflowId: string;
            /** @constant */
            accepted: true;
          };
        };
      };
      400: components["responses"]["Problem.BAD_REQUEST.INVALID_REQUEST.MALFORMED_URL.NOT_JSON.NOT_UTF8.TOO_DEEP"];
      401: components["responses"]["Problem.UNAUTHENTICATED"];
      403: components["responses"]["Problem.CSRF_TOKEN_MISSING.FORBIDDEN"];
      404: components["responses"]["Problem.NOT_FOUND.RUN_NOT_FOUND"];
      408: components["responses"]["Problem.REQUEST_TIMEOUT"];
      409: components["responses"]["Problem.RUN_CLOSED.STEP_NOT_WAITING.UPDATE_REJECTED"];
      413: components["responses"]["Problem.BODY_TOO_LARGE.PAYLOAD_TOO_LARGE"];
      415: components["responses"]["Problem.UNSUPPORTED_MEDIA_TYPE"];
      422: components["responses"]["Problem.INVALID_BODY.INVALID_INPUT"];
      429: components["responses"]["Problem.RATE_LIMITED.TOO_MANY_REQUESTS"];
      431: components["responses"]["Problem.HEADERS_TOO_LARGE"];
      500: components["responses"]["Problem.DECRYPTION_FAILED.INTERNAL"];
      502: components["responses"]["Problem.TEMPORAL_REFUSED"];
      503: components["responses"]["Problem.ISSUER_UNAVAILABLE.TEMPORAL_UNAVAILABLE"];
      504: components["responses"]["Problem.NO_WORKER_POLLING.RUN_NOT_ANSWERING"];
    };
  };
  resetRun: {
    parameters: {
      query?: {
        runId?: string;
      };
      header?: never;
      path: {
        workflowId: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        "application/json": {
          reason: string;
        };
      };
    };
    responses: {
      /** @description The dead letter is redriven. */
      202: {
        headers: {
          "X-Request-Id": components["headers"]["X-Request-Id"];
          [name: string]: unknown;
        };
        content: {
          "application/json": {
            id: string;
            /** @enum {string} */
            mode: "continue" | "restart" | "compensate" | "fail";
            dryRun: boolean;
            step?: string;
            /** @enum {string} */
            action: "retry" | "complete" | "fail" | "reset" | "restart" | "adopt" | "deliver";
            /** @description The steps that go again under their old keys */
            again?: {
              step: string;
              key?: string;
              ended: boolean;
            }[];
          };
        };
      };
      400: components["responses"]["Problem.BAD_REQUEST.INVALID_REQUEST.MALFORMED_URL.NOT_JSON.NOT_UTF8.TOO_DEEP"];
      401: components["responses"]["Problem.UNAUTHENTICATED"];
      403: components["responses"]["Problem.CSRF_TOKEN_MISSING.FORBIDDEN"];
      404: components["responses"]["Problem.DEAD_LETTER_NOT_FOUND.INCIDENT_NOT_FOUND.NOT_FOUND.RUN_NOT_FOUND"];
      408: components["responses"]["Problem.REQUEST_TIMEOUT"];
      409: components["responses"]["Problem.DEAD_LETTER_NOT_OPEN.INCIDENT_DECIDED.REDRIVE_UNSOUND.RUN_CLOSED.UPDATE_REJECTED"];
      413: components["responses"]["Problem.BODY_TOO_LARGE.PAYLOAD_TOO_LARGE"];
      415: components["responses"]["Problem.UNSUPPORTED_MEDIA_TYPE"];
      422: components["responses"]["Problem.INVALID_BODY.INVALID_INPUT"];
      429: components["responses"]["Problem.RATE_LIMITED.TOO_MANY_REQUESTS"];
      431: components["responses"]["Problem.HEADERS_TOO_LARGE"];
      500: components["responses"]["Problem.DECRYPTION_FAILED.INTERNAL"];
      502: components["responses"]["Problem.TEMPORAL_REFUSED"];
      503: components["responses"]["Problem.ISSUER_UNAVAILABLE.TEMPORAL_UNAVAILABLE"];
      504: components["responses"]["Problem.NO_WORKER_POLLING.RUN_NOT_ANSWERING"];
    };
  };
  listDeadLetters: {
    parameters: {
      query?: {
        type?: string;
        step?: string;
        fingerprint?: string;
        kind?: "parked" | "failed" | "timedOut" | "terminated" | "stuck" | "partial" | "poison";
        status?: "open" | "redriving" | "resolved" | "discarded";
        since?: string;
        until?: string;
        limit?: number;
        cursor?: string;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description A page of dead letters. */
      200: {
        headers: {
          "X-Request-Id": components["headers"]["X-Request-Id"];
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["DeadLetterPage"];
        };
      };
      400: components["responses"]["Problem.BAD_REQUEST.INVALID_CURSOR.INVALID_REQUEST.MALFORMED_URL"];
      401: components["responses"]["Problem.UNAUTHENTICATED"];
      403: components["responses"]["Problem.CSRF_TOKEN_MISSING.FORBIDDEN"];
      408: components["responses"]["Problem.REQUEST_TIMEOUT"];
      429: components["responses"]["Problem.RATE_LIMITED.TOO_MANY_REQUESTS"];
      431: components["responses"]["Problem.HEADERS_TOO_LARGE"];
      500: components["responses"]["Problem.DECRYPTION_FAILED.INTERNAL"];
      502: components["responses"]["Problem.TEMPORAL_REFUSED"];
      503: components["responses"]["Problem.ISSUER_UNAVAILABLE.TEMPORAL_UNAVAILABLE"];
    };
  };
  getDeadLetter: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The dead letter. */
      200: {
        headers: {
          "X-Request-Id": components["headers"]["X-Request-Id"];
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["DeadLetterDetails"];
        };
      };
      400: components["responses"]["Problem.BAD_REQUEST.INVALID_REQUEST.MALFORMED_URL"];
      401: components["responses"]["Problem.UNAUTHENTICATED"];
      403: components["responses"]["Problem.CSRF_TOKEN_MISSING.FORBIDDEN"];
      404: components["responses"]["Problem.DEAD_LETTER_NOT_FOUND.NOT_FOUND"];
      408: components["responses"]["Problem.REQUEST_TIMEOUT"];
      429: components["responses"]["Problem.RATE_LIMITED.TOO_MANY_REQUESTS"];
      431: components["responses"]["Problem.HEADERS_TOO_LARGE"];
      500: components["responses"]["Problem.DECRYPTION_FAILED.INTERNAL"];
      502: components["responses"]["Problem.TEMPORAL_REFUSED"];
      503: components["responses"]["Problem.ISSUER_UNAVAILABLE.TEMPORAL_UNAVAILABLE"];
    };
  };
  redriveDeadLetter: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        "application/json": {
          /** @enum {string} */
          mode?: "continue" | "restart" | "compensate" | "fail";
          incidentId?: string;
          input?: unknown;
          output?: unknown;
          confirmNoEffect?: boolean;
          dryRun?: boolean;
          reason: string;
        };
      };
    };
    responses: {
      /** @description What would be done; nothing was. */
      200: {
        headers: {
          "X-Request-Id": components["headers"]["X-Request-Id"];
          [name: string]: unknown;
        };
        content: {
          "application/json": {
            id: string;
            /** @enum {string} */
            mode: "continue" | "restart" | "compensate" | "fail";
            dryRun: boolean;
            step?: string;
            /** @enum {string} */
            action: "retry" | "complete" | "fail" | "reset" | "restart" | "adopt" | "deliver";
            /** @description The steps that go again under their old keys */
            again?: {
              step: string;
              key?: string;
              ended: boolean;
            }[];
          };
        };
      };
      /** @description What is done. */
      202: {
        headers: {
          "X-Request-Id": components["headers"]["X-Request-Id"];
          [name: string]: unknown;
        };
        content: {
          "application/json": {
            id: string;
            /** @enum {string} */
            mode: "continue" | "restart" | "compensate" | "fail";
            dryRun: boolean;
            step?: string;
            /** @enum {string} */
            action: "retry" | "complete" | "fail" | "reset" | "restart" | "adopt" | "deliver";
            /** @description The steps that go again under their old keys */
            again?: {
              step: string;
              key?: string;
              ended: boolean;
            }[];
          };
        };
      };
      400: components["responses"]["Problem.BAD_REQUEST.INVALID_REQUEST.MALFORMED_URL.NOT_JSON.NOT_UTF8.TOO_DEEP"];
      401: components["responses"]["Problem.UNAUTHENTICATED"];
      403: components["responses"]["Problem.CSRF_TOKEN_MISSING.FORBIDDEN"];
      404: components["responses"]["Problem.DEAD_LETTER_NOT_FOUND.INCIDENT_NOT_FOUND.NOT_FOUND.RUN_NOT_FOUND"];
      408: components["responses"]["Problem.REQUEST_TIMEOUT"];
      409: components["responses"]["Problem.DEAD_LETTER_NOT_OPEN.INCIDENT_DECIDED.REDRIVE_UNSOUND.RUN_CLOSED.UPDATE_REJECTED"];
      413: components["responses"]["Problem.BODY_TOO_LARGE.PAYLOAD_TOO_LARGE"];
      415: components["responses"]["Problem.UNSUPPORTED_MEDIA_TYPE"];
      422: components["responses"]["Problem.INVALID_BODY.INVALID_INPUT"];
      429: components["responses"]["Problem.RATE_LIMITED.TOO_MANY_REQUESTS"];
      431: components["responses"]["Problem.HEADERS_TOO_LARGE"];
      500: components["responses"]["Problem.DECRYPTION_FAILED.INTERNAL"];
      502: components["responses"]["Problem.TEMPORAL_REFUSED"];
      503: components["responses"]["Problem.ISSUER_UNAVAILABLE.TEMPORAL_UNAVAILABLE"];
      504: components["responses"]["Problem.NO_WORKER_POLLING.RUN_NOT_ANSWERING"];
    };
  };
  discardDeadLetter: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        "application/json": {
          reason: string;
        };
      };
    };
    responses: {
      /** @description The dead letter as it is now. */
      200: {
        headers: {
          "X-Request-Id": components["headers"]["X-Request-Id"];
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["DeadLetter"];
        };
      };
      400: components["responses"]["Problem.BAD_REQUEST.INVALID_REQUEST.MALFORMED_URL.NOT_JSON.NOT_UTF8.TOO_DEEP"];
      401: components["responses"]["Problem.UNAUTHENTICATED"];
      403: components["responses"]["Problem.CSRF_TOKEN_MISSING.FORBIDDEN"];
      404: components["responses"]["Problem.DEAD_LETTER_NOT_FOUND.NOT_FOUND.RUN_NOT_FOUND"];
      408: components["responses"]["Problem.REQUEST_TIMEOUT"];
      409: components["responses"]["Problem.DEAD_LETTER_NOT_OPEN.REDRIVE_UNSOUND.RUN_CLOSED.UPDATE_REJECTED"];
      413: components["responses"]["Problem.BODY_TOO_LARGE"];
      415: components["responses"]["Problem.UNSUPPORTED_MEDIA_TYPE"];
      422: components["responses"]["Problem.INVALID_BODY"];
      429: components["responses"]["Problem.RATE_LIMITED.TOO_MANY_REQUESTS"];
      431: components["responses"]["Problem.HEADERS_TOO_LARGE"];
      500: components["responses"]["Problem.DECRYPTION_FAILED.INTERNAL"];
      502: components["responses"]["Problem.TEMPORAL_REFUSED"];
      503: components["responses"]["Problem.ISSUER_UNAVAILABLE.TEMPORAL_UNAVAILABLE"];
      504: components["responses"]["Problem.NO_WORKER_POLLING.RUN_NOT_ANSWERING"];
    };
  };
  noteDeadLetter: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        "application/json": {
          note: string;
        };
      };
    };
    responses: {
      /** @description The dead letter as it is now. */
      200: {
        headers: {
          "X-Request-Id": components["headers"]["X-Request-Id"];
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["DeadLetterDetails"];
        };
      };
      400: components["responses"]["Problem.BAD_REQUEST.INVALID_REQUEST.MALFORMED_URL.NOT_JSON.NOT_UTF8.TOO_DEEP"];
      401: components["responses"]["Problem.UNAUTHENTICATED"];
      403: components["responses"]["Problem.CSRF_TOKEN_MISSING.FORBIDDEN"];
      404: components["responses"]["Problem.DEAD_LETTER_NOT_FOUND.NOT_FOUND.RUN_NOT_FOUND"];
      408: components["responses"]["Problem.REQUEST_TIMEOUT"];
      409: components["responses"]["Problem.DEAD_LETTER_NOT_OPEN.RUN_CLOSED.UPDATE_REJECTED"];
      413: components["responses"]["Problem.BODY_TOO_LARGE"];
      415: components["responses"]["Problem.UNSUPPORTED_MEDIA_TYPE"];
      422: components["responses"]["Problem.INVALID_BODY.INVALID_INPUT"];
      429: components["responses"]["Problem.RATE_LIMITED.TOO_MANY_REQUESTS"];
      431: components["responses"]["Problem.HEADERS_TOO_LARGE"];
      500: components["responses"]["Problem.DECRYPTION_FAILED.INTERNAL"];
      502: components["responses"]["Problem.TEMPORAL_REFUSED"];
      503: components["responses"]["Problem.ISSUER_UNAVAILABLE.TEMPORAL_UNAVAILABLE"];
      504: components["responses"]["Problem.NO_WORKER_POLLING.RUN_NOT_ANSWERING"];
    };
  };
  listErrorGroups: {
    parameters: {
      query?: {
        type?: string;
        step?: string;
        status?: "open" | "regressed" | "resolved" | "ignored";
        assignee?: string;
        since?: string;
        sort?: "lastSeen" | "count" | "lastHour";
        limit?: number;
        cursor?: string;
        tenant?: string;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description A page of error groups. */
      200: {
        headers: {
          "X-Request-Id": components["headers"]["X-Request-Id"];
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["ErrorGroupPage"];
        };
      };
      400: components["responses"]["Problem.BAD_REQUEST.INVALID_CURSOR.INVALID_REQUEST.MALFORMED_URL"];
      401: components["responses"]["Problem.UNAUTHENTICATED"];
      403: components["responses"]["Problem.CSRF_TOKEN_MISSING.FORBIDDEN"];
      408: components["responses"]["Problem.REQUEST_TIMEOUT"];
      429: components["responses"]["Problem.RATE_LIMITED.TOO_MANY_REQUESTS"];
      431: components["responses"]["Problem.HEADERS_TOO_LARGE"];
      500: components["responses"]["Problem.DECRYPTION_FAILED.INTERNAL"];
      502: components["responses"]["Problem.TEMPORAL_REFUSED"];
      503: components["responses"]["Problem.ISSUER_UNAVAILABLE.TEMPORAL_UNAVAILABLE"];
    };
  };
  getErrorGroup: {
    parameters: {
      query?: {
        tenant?: string;
      };
      header?: never;
      path: {
        fingerprint: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The error group. */
      200: {
        headers: {
          "X-Request-Id": components["headers"]["X-Request-Id"];
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["ErrorGroupDetails"];
        };
      };
      400: components["responses"]["Problem.BAD_REQUEST.INVALID_REQUEST.MALFORMED_URL"];
      401: components["responses"]["Problem.UNAUTHENTICATED"];
      403: components["responses"]["Problem.CSRF_TOKEN_MISSING.FORBIDDEN"];
      404: components["responses"]["Problem.ERROR_GROUP_NOT_FOUND.NOT_FOUND"];
      408: components["responses"]["Problem.REQUEST_TIMEOUT"];
      429: components["responses"]["Problem.RATE_LIMITED.TOO_MANY_REQUESTS"];
      431: components["responses"]["Problem.HEADERS_TOO_LARGE"];
      500: components["responses"]["Problem.DECRYPTION_FAILED.INTERNAL"];
      502: components["responses"]["Problem.TEMPORAL_REFUSED"];
      503: components["responses"]["Problem.ISSUER_UNAVAILABLE.TEMPORAL_UNAVAILABLE"];
    };
  };
  resolveErrorGroup: {
    parameters: {
      query?: {
        tenant?: string;
      };
      header?: never;
      path: {
        fingerprint: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        "application/json": {
          reason: string;
        };
      };
    };
    responses: {
      /** @description The error group as it is now. */
      200: {
        headers: {
          "X-Request-Id": components["headers"]["X-Request-Id"];
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["ErrorGroupDetails"];
        };
      };
      400: components["responses"]["Problem.BAD_REQUEST.INVALID_REQUEST.MALFORMED_URL.NOT_JSON.NOT_UTF8.TOO_DEEP"];
      401: components["responses"]["Problem.UNAUTHENTICATED"];
      403: components["responses"]["Problem.CSRF_TOKEN_MISSING.FORBIDDEN"];
      404: components["responses"]["Problem.ERROR_GROUP_NOT_FOUND.NOT_FOUND"];
      408: components["responses"]["Problem.REQUEST_TIMEOUT"];
      413: components["responses"]["Problem.BODY_TOO_LARGE.PAYLOAD_TOO_LARGE"];
      415: components["responses"]["Problem.UNSUPPORTED_MEDIA_TYPE"];
      422: components["responses"]["Problem.INVALID_BODY.INVALID_INPUT"];
      429: components["responses"]["Problem.RATE_LIMITED.TOO_MANY_REQUESTS"];
      431: components["responses"]["Problem.HEADERS_TOO_LARGE"];
      500: components["responses"]["Problem.DECRYPTION_FAILED.INTERNAL"];
      502: components["responses"]["Problem.TEMPORAL_REFUSED"];
      503: components["responses"]["Problem.ISSUER_UNAVAILABLE.TEMPORAL_UNAVAILABLE"];
      504: components["responses"]["Problem.NO_WORKER_POLLING.RUN_NOT_ANSWERING"];
    };
  };
  ignoreErrorGroup: {
    parameters: {
      query?: {
        tenant?: string;
      };
      header?: never;
      path: {
        fingerprint: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        "application/json": {
          until?: {
            /** Format: date-time */
            at?: string;
            count?: number;
            perHour?: number;
          };
          reason: string;
        };
      };
    };
    responses: {
      /** @description The error group as it is now. */
      200: {
        headers: {
          "X-Request-Id": components["headers"]["X-Request-Id"];
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["ErrorGroupDetails"];
        };
      };
      400: components["responses"]["Problem.BAD_REQUEST.INVALID_REQUEST.MALFORMED_URL.NOT_JSON.NOT_UTF8.TOO_DEEP"];
      401: components["responses"]["Problem.UNAUTHENTICATED"];
      403: components["responses"]["Problem.CSRF_TOKEN_MISSING.FORBIDDEN"];
      404: components["responses"]["Problem.ERROR_GROUP_NOT_FOUND.NOT_FOUND"];
      408: components["responses"]["Problem.REQUEST_TIMEOUT"];
      413: components["responses"]["Problem.BODY_TOO_LARGE.PAYLOAD_TOO_LARGE"];
      415: components["responses"]["Problem.UNSUPPORTED_MEDIA_TYPE"];
      422: components["responses"]["Problem.INVALID_BODY.INVALID_INPUT"];
      429: components["responses"]["Problem.RATE_LIMITED.TOO_MANY_REQUESTS"];
      431: components["responses"]["Problem.HEADERS_TOO_LARGE"];
      500: components["responses"]["Problem.DECRYPTION_FAILED.INTERNAL"];
      502: components["responses"]["Problem.TEMPORAL_REFUSED"];
      503: components["responses"]["Problem.ISSUER_UNAVAILABLE.TEMPORAL_UNAVAILABLE"];
      504: components["responses"]["Problem.NO_WORKER_POLLING.RUN_NOT_ANSWERING"];
    };
  };
  reopenErrorGroup: {
    parameters: {
      query?: {
        tenant?: string;
      };
      header?: never;
      path: {
        fingerprint: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        "application/json": {
          reason: string;
        };
      };
    };
    responses: {
      /** @description The error group as it is now. */
      200: {
        headers: {
          "X-Request-Id": components["headers"]["X-Request-Id"];
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["ErrorGroupDetails"];
        };
      };
      400: components["responses"]["Problem.BAD_REQUEST.INVALID_REQUEST.MALFORMED_URL.NOT_JSON.NOT_UTF8.TOO_DEEP"];
      401: components["responses"]["Problem.UNAUTHENTICATED"];
      403: components["responses"]["Problem.CSRF_TOKEN_MISSING.FORBIDDEN"];
      404: components["responses"]["Problem.ERROR_GROUP_NOT_FOUND.NOT_FOUND"];
      408: components["responses"]["Problem.REQUEST_TIMEOUT"];
      413: components["responses"]["Problem.BODY_TOO_LARGE.PAYLOAD_TOO_LARGE"];
      415: components["responses"]["Problem.UNSUPPORTED_MEDIA_TYPE"];
      422: components["responses"]["Problem.INVALID_BODY.INVALID_INPUT"];
      429: components["responses"]["Problem.RATE_LIMITED.TOO_MANY_REQUESTS"];
      431: components["responses"]["Problem.HEADERS_TOO_LARGE"];
      500: components["responses"]["Problem.DECRYPTION_FAILED.INTERNAL"];
      502: components["responses"]["Problem.TEMPORAL_REFUSED"];
      503: components["responses"]["Problem.ISSUER_UNAVAILABLE.TEMPORAL_UNAVAILABLE"];
      504: components["responses"]["Problem.NO_WORKER_POLLING.RUN_NOT_ANSWERING"];
    };
  };
  assignErrorGroup: {
    parameters: {
      query?: {
        tenant?: string;
      };
      header?: never;
      path: {
        fingerprint: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        "application/json": {
          assignee: string | null;
        };
      };
    };
    responses: {
      /** @description The error group as it is now. */
      200: {
        headers: {
          "X-Request-Id": components["headers"]["X-Request-Id"];
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["ErrorGroupDetails"];
        };
      };
      400: components["responses"]["Problem.BAD_REQUEST.INVALID_REQUEST.MALFORMED_URL.NOT_JSON.NOT_UTF8.TOO_DEEP"];
      401: components["responses"]["Problem.UNAUTHENTICATED"];
      403: components["responses"]["Problem.CSRF_TOKEN_MISSING.FORBIDDEN"];
      404: components["responses"]["Problem.ERROR_GROUP_NOT_FOUND.NOT_FOUND"];
      408: components["responses"]["Problem.REQUEST_TIMEOUT"];
      413: components["responses"]["Problem.BODY_TOO_LARGE.PAYLOAD_TOO_LARGE"];
      415: components["responses"]["Problem.UNSUPPORTED_MEDIA_TYPE"];
      422: components["responses"]["Problem.INVALID_BODY.INVALID_INPUT"];
      429: components["responses"]["Problem.RATE_LIMITED.TOO_MANY_REQUESTS"];
      431: components["responses"]["Problem.HEADERS_TOO_LARGE"];
      500: components["responses"]["Problem.DECRYPTION_FAILED.INTERNAL"];
      502: components["responses"]["Problem.TEMPORAL_REFUSED"];
      503: components["responses"]["Problem.ISSUER_UNAVAILABLE.TEMPORAL_UNAVAILABLE"];
      504: components["responses"]["Problem.NO_WORKER_POLLING.RUN_NOT_ANSWERING"];
    };
  };
  noteErrorGroup: {
    parameters: {
      query?: {
        tenant?: string;
      };
      header?: never;
      path: {
        fingerprint: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        "application/json": {
          note: string;
        };
      };
    };
    responses: {
      /** @description The error group as it is now. */
      200: {
        headers: {
          "X-Request-Id": components["headers"]["X-Request-Id"];
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["ErrorGroupDetails"];
        };
      };
      400: components["responses"]["Problem.BAD_REQUEST.INVALID_REQUEST.MALFORMED_URL.NOT_JSON.NOT_UTF8.TOO_DEEP"];
      401: components["responses"]["Problem.UNAUTHENTICATED"];
      403: components["responses"]["Problem.CSRF_TOKEN_MISSING.FORBIDDEN"];
      404: components["responses"]["Problem.ERROR_GROUP_NOT_FOUND.NOT_FOUND"];
      408: components["responses"]["Problem.REQUEST_TIMEOUT"];
      413: components["responses"]["Problem.BODY_TOO_LARGE.PAYLOAD_TOO_LARGE"];
      415: components["responses"]["Problem.UNSUPPORTED_MEDIA_TYPE"];
      422: components["responses"]["Problem.INVALID_BODY.INVALID_INPUT"];
      429: components["responses"]["Problem.RATE_LIMITED.TOO_MANY_REQUESTS"];
      431: components["responses"]["Problem.HEADERS_TOO_LARGE"];
      500: components["responses"]["Problem.DECRYPTION_FAILED.INTERNAL"];
      502: components["responses"]["Problem.TEMPORAL_REFUSED"];
      503: components["responses"]["Problem.ISSUER_UNAVAILABLE.TEMPORAL_UNAVAILABLE"];
      504: components["responses"]["Problem.NO_WORKER_POLLING.RUN_NOT_ANSWERING"];
    };
  };
  listAlerts: {
    parameters: {
      query?: {
        status?: "open" | "acknowledged" | "resolved";
        rule?: string;
        limit?: number;
        cursor?: string;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description A page of alerts. */
      200: {
        headers: {
          "X-Request-Id": components["headers"]["X-Request-Id"];
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["AlertPage"];
        };
      };
      400: components["responses"]["Problem.BAD_REQUEST.INVALID_CURSOR.INVALID_REQUEST.MALFORMED_URL"];
      401: components["responses"]["Problem.UNAUTHENTICATED"];
      403: components["responses"]["Problem.CSRF_TOKEN_MISSING.FORBIDDEN"];
      408: components["responses"]["Problem.REQUEST_TIMEOUT"];
      429: components["responses"]["Problem.RATE_LIMITED.TOO_MANY_REQUESTS"];
      431: components["responses"]["Problem.HEADERS_TOO_LARGE"];
      500: components["responses"]["Problem.DECRYPTION_FAILED.INTERNAL"];
      502: components["responses"]["Problem.TEMPORAL_REFUSED"];
      503: components["responses"]["Problem.ISSUER_UNAVAILABLE.TEMPORAL_UNAVAILABLE"];
    };
  };
  acknowledgeAlert: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        "application/json": {
          reason: string;
        };
      };
    };
    responses: {
      /** @description The alert as it is now. */
      200: {
        headers: {
          "X-Request-Id": components["headers"]["X-Request-Id"];
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["Alert"];
        };
      };
      400: components["responses"]["Problem.BAD_REQUEST.INVALID_REQUEST.MALFORMED_URL.NOT_JSON.NOT_UTF8.TOO_DEEP"];
      401: components["responses"]["Problem.UNAUTHENTICATED"];
      403: components["responses"]["Problem.CSRF_TOKEN_MISSING.FORBIDDEN"];
      404: components["responses"]["Problem.ALERT_NOT_FOUND.NOT_FOUND"];
      408: components["responses"]["Problem.REQUEST_TIMEOUT"];
      409: components["responses"]["Problem.ALERT_NOT_OPEN"];
      413: components["responses"]["Problem.BODY_TOO_LARGE"];
      415: components["responses"]["Problem.UNSUPPORTED_MEDIA_TYPE"];
      422: components["responses"]["Problem.INVALID_BODY.INVALID_INPUT"];
      429: components["responses"]["Problem.RATE_LIMITED.TOO_MANY_REQUESTS"];
      431: components["responses"]["Problem.HEADERS_TOO_LARGE"];
      500: components["responses"]["Problem.DECRYPTION_FAILED.INTERNAL"];
      502: components["responses"]["Problem.TEMPORAL_REFUSED"];
      503: components["responses"]["Problem.ISSUER_UNAVAILABLE.TEMPORAL_UNAVAILABLE"];
      504: components["responses"]["Problem.NO_WORKER_POLLING.RUN_NOT_ANSWERING"];
    };
  };
  listBatches: {
    parameters: {
      query?: {
        status?: "collecting" | "running" | "stopping" | "stopped" | "completed";
        limit?: number;
        cursor?: string;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description A page of batch operations. */
      200: {
        headers: {
          "X-Request-Id": components["headers"]["X-Request-Id"];
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["BatchPage"];
        };
      };
      400: components["responses"]["Problem.BAD_REQUEST.INVALID_CURSOR.INVALID_REQUEST.MALFORMED_URL"];
      401: components["responses"]["Problem.UNAUTHENTICATED"];
      403: components["responses"]["Problem.CSRF_TOKEN_MISSING.FORBIDDEN"];
      408: components["responses"]["Problem.REQUEST_TIMEOUT"];
      429: components["responses"]["Problem.RATE_LIMITED.TOO_MANY_REQUESTS"];
      431: components["responses"]["Problem.HEADERS_TOO_LARGE"];
      500: components["responses"]["Problem.DECRYPTION_FAILED.INTERNAL"];
      502: components["responses"]["Problem.TEMPORAL_REFUSED"];
      503: components["responses"]["Problem.ISSUER_UNAVAILABLE.TEMPORAL_UNAVAILABLE"];
    };
  };
  startBatch: {
    parameters: {
      query?: never;
      header?: {
        "Idempotency-Key"?: string;
      };
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        "application/json": {
          /** @enum {string} */
          action: "redrive" | "discard" | "cancel" | "terminate" | "signal";
          filter: {
            ids?: string[];
            /** @constant */
            all?: true;
            type?: string;
            step?: string;
            fingerprint?: string;
            /** @enum {string} */
            kind?: "parked" | "failed" | "timedOut" | "terminated" | "stuck" | "partial" | "poison";
            error?: string;
            /** @enum {string} */
            mark?: "parked" | "paused" | "partial" | "waiting";
            /** Format: date-time */
            since?: string;
            /** Format: date-time */
            until?: string;
          };
          reason: string;
          /** @enum {string} */
          mode?: "continue" | "restart" | "compensate" | "fail";
          signal?: {
            name: string;
            input?: unknown;
          };
          ratePerSecond?: number;
          dryRun?: boolean;
        };
      };
    };
    responses: {
      /** @description It has begun, or had by the same key and request. */
      202: {
        headers: {
          "X-Request-Id": components["headers"]["X-Request-Id"];
          Location: components["headers"]["Location"];
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["Batch"];
        };
      };
      400: components["responses"]["Problem.BAD_REQUEST.INVALID_REQUEST.MALFORMED_URL.NOT_JSON.NOT_UTF8.TOO_DEEP"];
      401: components["responses"]["Problem.UNAUTHENTICATED"];
      403: components["responses"]["Problem.CSRF_TOKEN_MISSING.FORBIDDEN"];
      404: components["responses"]["Problem.UNKNOWN_SIGNAL.UNKNOWN_WORKFLOW_TYPE"];
      408: components["responses"]["Problem.REQUEST_TIMEOUT"];
      413: components["responses"]["Problem.BODY_TOO_LARGE.PAYLOAD_TOO_LARGE"];
      415: components["responses"]["Problem.UNSUPPORTED_MEDIA_TYPE"];
      422: components["responses"]["Problem.IDEMPOTENCY_KEY_REUSED.INVALID_BODY.INVALID_INPUT"];
      429: components["responses"]["Problem.RATE_LIMITED.TOO_MANY_REQUESTS"];
      431: components["responses"]["Problem.HEADERS_TOO_LARGE"];
      500: components["responses"]["Problem.DECRYPTION_FAILED.INTERNAL"];
      502: components["responses"]["Problem.TEMPORAL_REFUSED"];
      503: components["responses"]["Problem.ISSUER_UNAVAILABLE.TEMPORAL_UNAVAILABLE"];
    };
  };
  getBatch: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The batch operation. */
      200: {
        headers: {
          "X-Request-Id": components["headers"]["X-Request-Id"];
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["Batch"];
        };
      };
      400: components["responses"]["Problem.BAD_REQUEST.INVALID_REQUEST.MALFORMED_URL"];
      401: components["responses"]["Problem.UNAUTHENTICATED"];
      403: components["responses"]["Problem.CSRF_TOKEN_MISSING.FORBIDDEN"];
      404: components["responses"]["Problem.BATCH_NOT_FOUND.NOT_FOUND"];
      408: components["responses"]["Problem.REQUEST_TIMEOUT"];
      429: components["responses"]["Problem.RATE_LIMITED.TOO_MANY_REQUESTS"];
      431: components["responses"]["Problem.HEADERS_TOO_LARGE"];
      500: components["responses"]["Problem.DECRYPTION_FAILED.INTERNAL"];
      502: components["responses"]["Problem.TEMPORAL_REFUSED"];
      503: components["responses"]["Problem.ISSUER_UNAVAILABLE.TEMPORAL_UNAVAILABLE"];
    };
  };
  listBatchItems: {
    parameters: {
      query?: {
        outcome?: "pending" | "done" | "refused" | "failed" | "skipped";
        limit?: number;
        cursor?: string;
      };
      header?: never;
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description A page of items. */
      200: {
        headers: {
          "X-Request-Id": components["headers"]["X-Request-Id"];
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["BatchItemPage"];
        };
      };
      400: components["responses"]["Problem.BAD_REQUEST.INVALID_CURSOR.INVALID_REQUEST.MALFORMED_URL"];
      401: components["responses"]["Problem.UNAUTHENTICATED"];
      403: components["responses"]["Problem.CSRF_TOKEN_MISSING.FORBIDDEN"];
      404: components["responses"]["Problem.BATCH_NOT_FOUND.NOT_FOUND"];
      408: components["responses"]["Problem.REQUEST_TIMEOUT"];
      429: components["responses"]["Problem.RATE_LIMITED.TOO_MANY_REQUESTS"];
      431: components["responses"]["Problem.HEADERS_TOO_LARGE"];
      500: components["responses"]["Problem.DECRYPTION_FAILED.INTERNAL"];
      502: components["responses"]["Problem.TEMPORAL_REFUSED"];
      503: components["responses"]["Problem.ISSUER_UNAVAILABLE.TEMPORAL_UNAVAILABLE"];
      504: components["responses"]["Problem.NO_WORKER_POLLING.RUN_NOT_ANSWERING"];
    };
  };
  stopBatch: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        "application/json": {
          reason: string;
        };
      };
    };
    responses: {
      /** @description It stops. */
      202: {
        headers: {
          "X-Request-Id": components["headers"]["X-Request-Id"];
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["Batch"];
        };
      };
      400: components["responses"]["Problem.BAD_REQUEST.INVALID_REQUEST.MALFORMED_URL.NOT_JSON.NOT_UTF8.TOO_DEEP"];
      401: components["responses"]["Problem.UNAUTHENTICATED"];
      403: components["responses"]["Problem.CSRF_TOKEN_MISSING.FORBIDDEN"];
      404: components["responses"]["Problem.BATCH_NOT_FOUND.NOT_FOUND"];
      408: components["responses"]["Problem.REQUEST_TIMEOUT"];
      409: components["responses"]["Problem.BATCH_NOT_RUNNING"];
      413: components["responses"]["Problem.BODY_TOO_LARGE"];
      415: components["responses"]["Problem.UNSUPPORTED_MEDIA_TYPE"];
      422: components["responses"]["Problem.INVALID_BODY.INVALID_INPUT"];
      429: components["responses"]["Problem.RATE_LIMITED.TOO_MANY_REQUESTS"];
      431: components["responses"]["Problem.HEADERS_TOO_LARGE"];
      500: components["responses"]["Problem.DECRYPTION_FAILED.INTERNAL"];
      502: components["responses"]["Problem.TEMPORAL_REFUSED"];
      503: components["responses"]["Problem.ISSUER_UNAVAILABLE.TEMPORAL_UNAVAILABLE"];
      504: components["responses"]["Problem.NO_WORKER_POLLING.RUN_NOT_ANSWERING"];
    };
  };
  listAlertRules: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description All rules, by id. */
      200: {
        headers: {
          "X-Request-Id": components["headers"]["X-Request-Id"];
          [name: string]: unknown;
        };
        content: {
          "application/json": {
            items: components["schemas"]["AlertRule"][];
          };
        };
      };
      400: components["responses"]["Problem.BAD_REQUEST.INVALID_REQUEST.MALFORMED_URL"];
      401: components["responses"]["Problem.UNAUTHENTICATED"];
      403: components["responses"]["Problem.CSRF_TOKEN_MISSING.FORBIDDEN"];
      408: components["responses"]["Problem.REQUEST_TIMEOUT"];
      429: components["responses"]["Problem.RATE_LIMITED.TOO_MANY_REQUESTS"];
      431: components["responses"]["Problem.HEADERS_TOO_LARGE"];
      500: components["responses"]["Problem.DECRYPTION_FAILED.INTERNAL"];
      502: components["responses"]["Problem.TEMPORAL_REFUSED"];
      503: components["responses"]["Problem.ISSUER_UNAVAILABLE.TEMPORAL_UNAVAILABLE"];
    };
  };
  getAlertRule: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The rule. */
      200: {
        headers: {
          "X-Request-Id": components["headers"]["X-Request-Id"];
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["AlertRule"];
        };
      };
      400: components["responses"]["Problem.BAD_REQUEST.INVALID_REQUEST.MALFORMED_URL"];
      401: components["responses"]["Problem.UNAUTHENTICATED"];
      403: components["responses"]["Problem.CSRF_TOKEN_MISSING.FORBIDDEN"];
      404: components["responses"]["Problem.ALERT_RULE_NOT_FOUND.NOT_FOUND"];
      408: components["responses"]["Problem.REQUEST_TIMEOUT"];
      429: components["responses"]["Problem.RATE_LIMITED.TOO_MANY_REQUESTS"];
      431: components["responses"]["Problem.HEADERS_TOO_LARGE"];
      500: components["responses"]["Problem.DECRYPTION_FAILED.INTERNAL"];
      502: components["responses"]["Problem.TEMPORAL_REFUSED"];
      503: components["responses"]["Problem.ISSUER_UNAVAILABLE.TEMPORAL_UNAVAILABLE"];
    };
  };
  putAlertRule: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        "application/json": {
          title: string;
          condition:
            | {
                /** @constant */
                kind: "groupNew";
                type?: string;
              }
            | {
                /** @constant */
                kind: "groupRegressed";
                type?: string;
              }
            | {
                /** @constant */
                kind: "stuckRun";
                type?: string;
              }
            | {
                /** @constant */
                kind: "undoParked";
                type?: string;
              }
            | {
                /** @constant */
                kind: "sagaPartial";
                type?: string;
              }
            | {
                /** @constant */
                kind: "failures";
                type?: string;
                count: number;
                windowMs: number;
              }
            | {
                /** @constant */
                kind: "failureRate";
                type?: string;
                abovePercent: number;
                windowMs: number;
                minRuns: number;
              }
            | {
                /** @constant */
                kind: "lettersOlder";
                type?: string;
                olderThanMs: number;
              }
            | {
                /** @constant */
                kind: "noPoller";
                forMs: number;
              }
            | {
                /** @constant */
                kind: "slaBreach";
                type?: string;
                windowMs: number;
              }
            | {
                /** @constant */
                kind: "latency";
                type: string;
                percentile: number;
                aboveMs: number;
                windowMs: number;
                minRuns: number;
              }
            | {
                /** @constant */
                kind: "backlog";
                queue?: string;
                above: number;
              }
            | {
                /** @constant */
                kind: "oldestTask";
                queue?: string;
                olderThanMs: number;
              }
            | {
                /** @constant */
                kind: "humanTasksOlder";
                type?: string;
                olderThanMs: number;
              }
            | {
                /** @constant */
                kind: "sourceLag";
                source?: string;
                above: number;
              };
          /** @enum {string} */
          severity: "info" | "warning" | "error" | "critical";
          channels: string[];
          coolDownMs?: number;
          escalation?: {
            afterMs: number;
            channels: string[];
          };
          /** @default true */
          isEnabled?: boolean;
          reason: string;
        };
      };
    };
    responses: {
      /** @description The rule as it holds now. */
      200: {
        headers: {
          "X-Request-Id": components["headers"]["X-Request-Id"];
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["AlertRule"];
        };
      };
      400: components["responses"]["Problem.BAD_REQUEST.INVALID_REQUEST.MALFORMED_URL.NOT_JSON.NOT_UTF8.TOO_DEEP"];
      401: components["responses"]["Problem.UNAUTHENTICATED"];
      403: components["responses"]["Problem.CSRF_TOKEN_MISSING.FORBIDDEN"];
      404: components["responses"]["Problem.NOT_FOUND"];
      408: components["responses"]["Problem.REQUEST_TIMEOUT"];
      413: components["responses"]["Problem.BODY_TOO_LARGE.PAYLOAD_TOO_LARGE"];
      415: components["responses"]["Problem.UNSUPPORTED_MEDIA_TYPE"];
      422: components["responses"]["Problem.INVALID_BODY.INVALID_INPUT"];
      429: components["responses"]["Problem.RATE_LIMITED.TOO_MANY_REQUESTS"];
      431: components["responses"]["Problem.HEADERS_TOO_LARGE"];
      500: components["responses"]["Problem.DECRYPTION_FAILED.INTERNAL"];
      502: components["responses"]["Problem.TEMPORAL_REFUSED"];
      503: components["responses"]["Problem.ISSUER_UNAVAILABLE.TEMPORAL_UNAVAILABLE"];
      504: components["responses"]["Problem.NO_WORKER_POLLING.RUN_NOT_ANSWERING"];
    };
  };
  deleteAlertRule: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        "application/json": {
          reason: string;
        };
      };
    };
    responses: {
      /** @description It is deleted. */
      200: {
        headers: {
          "X-Request-Id": components["headers"]["X-Request-Id"];
          [name: string]: unknown;
        };
        content: {
          "application/json": {
            id: string;
            /** @constant */
            deleted: true;
            /** @description What holds again: the shipped rule, or that of the code */
            back?: components["schemas"]["AlertRule"];
          };
        };
      };
      400: components["responses"]["Problem.BAD_REQUEST.INVALID_REQUEST.MALFORMED_URL.NOT_JSON.NOT_UTF8.TOO_DEEP"];
      401: components["responses"]["Problem.UNAUTHENTICATED"];
      403: components["responses"]["Problem.CSRF_TOKEN_MISSING.FORBIDDEN"];
      404: components["responses"]["Problem.ALERT_RULE_NOT_FOUND.NOT_FOUND"];
      408: components["responses"]["Problem.REQUEST_TIMEOUT"];
      413: components["responses"]["Problem.BODY_TOO_LARGE"];
      415: components["responses"]["Problem.UNSUPPORTED_MEDIA_TYPE"];
      422: components["responses"]["Problem.INVALID_BODY.INVALID_INPUT"];
      429: components["responses"]["Problem.RATE_LIMITED.TOO_MANY_REQUESTS"];
      431: components["responses"]["Problem.HEADERS_TOO_LARGE"];
      500: components["responses"]["Problem.DECRYPTION_FAILED.INTERNAL"];
      502: components["responses"]["Problem.TEMPORAL_REFUSED"];
      503: components["responses"]["Problem.ISSUER_UNAVAILABLE.TEMPORAL_UNAVAILABLE"];
      504: components["responses"]["Problem.NO_WORKER_POLLING.RUN_NOT_ANSWERING"];
    };
  };
  tryAlertRule: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        "application/json": {
          title?: string;
          condition?:
            | {
                /** @constant */
                kind: "groupNew";
                type?: string;
              }
            | {
                /** @constant */
                kind: "groupRegressed";
                type?: string;
              }
            | {
                /** @constant */
                kind: "stuckRun";
                type?: string;
              }
            | {
                /** @constant */
                kind: "undoParked";
                type?: string;
              }
            | {
                /** @constant */
                kind: "sagaPartial";
                type?: string;
              }
            | {
                /** @constant */
                kind: "failures";
                type?: string;
                count: number;
                windowMs: number;
              }
            | {
                /** @constant */
                kind: "failureRate";
                type?: string;
                abovePercent: number;
                windowMs: number;
                minRuns: number;
              }
            | {
                /** @constant */
                kind: "lettersOlder";
                type?: string;
                olderThanMs: number;
              }
            | {
                /** @constant */
                kind: "noPoller";
                forMs: number;
              }
            | {
                /** @constant */
                kind: "slaBreach";
                type?: string;
                windowMs: number;
              }
            | {
                /** @constant */
                kind: "latency";
                type: string;
                percentile: number;
                aboveMs: number;
                windowMs: number;
                minRuns: number;
              }
            | {
                /** @constant */
                kind: "backlog";
                queue?: string;
                above: number;
              }
            | {
                /** @constant */
                kind: "oldestTask";
                queue?: string;
                olderThanMs: number;
              }
            | {
                /** @constant */
                kind: "humanTasksOlder";
                type?: string;
                olderThanMs: number;
              }
            | {
                /** @constant */
                kind: "sourceLag";
                source?: string;
                above: number;
              };
        };
      };
    };
    responses: {
      /** @description What it would have raised; nothing was. */
      200: {
        headers: {
          "X-Request-Id": components["headers"]["X-Request-Id"];
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["AlertRuleTrial"];
        };
      };
      400: components["responses"]["Problem.BAD_REQUEST.INVALID_REQUEST.MALFORMED_URL.NOT_JSON.NOT_UTF8.TOO_DEEP"];
      401: components["responses"]["Problem.UNAUTHENTICATED"];
      403: components["responses"]["Problem.CSRF_TOKEN_MISSING.FORBIDDEN"];
      404: components["responses"]["Problem.ALERT_RULE_NOT_FOUND.NOT_FOUND"];
      408: components["responses"]["Problem.REQUEST_TIMEOUT"];
      413: components["responses"]["Problem.BODY_TOO_LARGE"];
      415: components["responses"]["Problem.UNSUPPORTED_MEDIA_TYPE"];
      422: components["responses"]["Problem.INVALID_BODY.INVALID_INPUT"];
      429: components["responses"]["Problem.RATE_LIMITED.TOO_MANY_REQUESTS"];
      431: components["responses"]["Problem.HEADERS_TOO_LARGE"];
      500: components["responses"]["Problem.DECRYPTION_FAILED.INTERNAL"];
      502: components["responses"]["Problem.TEMPORAL_REFUSED"];
      503: components["responses"]["Problem.ISSUER_UNAVAILABLE.TEMPORAL_UNAVAILABLE"];
    };
  };
  listAudit: {
    parameters: {
      query?: {
        actor?: string;
        since?: string;
        tenant?: string;
        limit?: number;
        cursor?: string;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description A page of the audit. */
      200: {
        headers: {
          "X-Request-Id": components["headers"]["X-Request-Id"];
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["AuditPage"];
        };
      };
      400: components["responses"]["Problem.BAD_REQUEST.INVALID_CURSOR.INVALID_REQUEST.MALFORMED_URL"];
      401: components["responses"]["Problem.UNAUTHENTICATED"];
      403: components["responses"]["Problem.CSRF_TOKEN_MISSING.FORBIDDEN"];
      408: components["responses"]["Problem.REQUEST_TIMEOUT"];
      429: components["responses"]["Problem.RATE_LIMITED.TOO_MANY_REQUESTS"];
      431: components["responses"]["Problem.HEADERS_TOO_LARGE"];
      500: components["responses"]["Problem.DECRYPTION_FAILED.INTERNAL"];
      502: components["responses"]["Problem.TEMPORAL_REFUSED"];
      503: components["responses"]["Problem.ISSUER_UNAVAILABLE.TEMPORAL_UNAVAILABLE"];
    };
  };
  listTaskQueues: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The task queues. */
      200: {
        headers: {
          "X-Request-Id": components["headers"]["X-Request-Id"];
          [name: string]: unknown;
        };
        content: {
          "application/json": {
            items: {
              name: string;
              workflow: {
                /** @description Tasks that wait for a worker; the server's estimate */
                backlog: number;
                /** @description How long the oldest has waited */
                backlogAgeMs: number;
                /** @description Over the last half minute */
                addedPerSecond: number;
                dispatchedPerSecond: number;
                pollers: number;
                /** @description Most urgent first; absent where the server does not tell */
                byPriority?: {
                  priority: number;
                  /** @description Tasks that wait for a worker; the server's estimate */
                  backlog: number;
                  /** @description How long the oldest has waited */
                  backlogAgeMs: number;
                  /** @description Over the last half minute */
                  addedPerSecond: number;
                  dispatchedPerSecond: number;
                }[];
                limits?: {
                  perSecond?: number;
                  perKeyPerSecond?: number;
                };
                /** @description Whether tasks wait because of a limit */
                isRateLimited: boolean;
              };
              activity: {
                /** @description Tasks that wait for a worker; the server's estimate */
                backlog: number;
                /** @description How long the oldest has waited */
                backlogAgeMs: number;
                /** @description Over the last half minute */
                addedPerSecond: number;
                dispatchedPerSecond: number;
                pollers: number;
                /** @description Most urgent first; absent where the server does not tell */
                byPriority?: {
                  priority: number;
                  /** @description Tasks that wait for a worker; the server's estimate */
                  backlog: number;
                  /** @description How long the oldest has waited */
                  backlogAgeMs: number;
                  /** @description Over the last half minute */
                  addedPerSecond: number;
                  dispatchedPerSecond: number;
                }[];
                limits?: {
                  perSecond?: number;
                  perKeyPerSecond?: number;
                };
                /** @description Whether tasks wait because of a limit */
                isRateLimited: boolean;
              };
            }[];
          };
        };
      };
      400: components["responses"]["Problem.BAD_REQUEST.INVALID_REQUEST.MALFORMED_URL"];
      401: components["responses"]["Problem.UNAUTHENTICATED"];
      403: components["responses"]["Problem.CSRF_TOKEN_MISSING.FORBIDDEN"];
      408: components["responses"]["Problem.REQUEST_TIMEOUT"];
      429: components["responses"]["Problem.RATE_LIMITED.TOO_MANY_REQUESTS"];
      431: components["responses"]["Problem.HEADERS_TOO_LARGE"];
      500: components["responses"]["Problem.DECRYPTION_FAILED.INTERNAL"];
      502: components["responses"]["Problem.TEMPORAL_REFUSED"];
      503: components["responses"]["Problem.ISSUER_UNAVAILABLE.TEMPORAL_UNAVAILABLE"];
    };
  };
  diagnose: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description What was found, also of a server that is away. */
      200: {
        headers: {
          "X-Request-Id": components["headers"]["X-Request-Id"];
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["Diagnosis"];
        };
      };
      400: components["responses"]["Problem.BAD_REQUEST.INVALID_REQUEST.MALFORMED_URL"];
      401: components["responses"]["Problem.UNAUTHENTICATED"];
      403: components["responses"]["Problem.CSRF_TOKEN_MISSING.FORBIDDEN"];
      408: components["responses"]["Problem.REQUEST_TIMEOUT"];
      429: components["responses"]["Problem.TOO_MANY_REQUESTS"];
      431: components["responses"]["Problem.HEADERS_TOO_LARGE"];
      500: components["responses"]["Problem.INTERNAL"];
      503: components["responses"]["Problem.ISSUER_UNAVAILABLE"];
    };
  };
  listWorkers: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The workers. */
      200: {
        headers: {
          "X-Request-Id": components["headers"]["X-Request-Id"];
          [name: string]: unknown;
        };
        content: {
          "application/json": {
            items: {
              identity: string;
              taskQueue: string;
              kinds: ("workflow" | "activity")[];
              /** Format: date-time */
              lastSeenAt: string;
            }[];
          };
        };
      };
      400: components["responses"]["Problem.BAD_REQUEST.INVALID_REQUEST.MALFORMED_URL"];
      401: components["responses"]["Problem.UNAUTHENTICATED"];
      403: components["responses"]["Problem.CSRF_TOKEN_MISSING.FORBIDDEN"];
      408: components["responses"]["Problem.REQUEST_TIMEOUT"];
      429: components["responses"]["Problem.RATE_LIMITED.TOO_MANY_REQUESTS"];
      431: components["responses"]["Problem.HEADERS_TOO_LARGE"];
      500: components["responses"]["Problem.DECRYPTION_FAILED.INTERNAL"];
      502: components["responses"]["Problem.TEMPORAL_REFUSED"];
      503: components["responses"]["Problem.ISSUER_UNAVAILABLE.TEMPORAL_UNAVAILABLE"];
    };
  };
  encodePayloads: {
    parameters: {
      query?: never;
      header?: {
        "X-Namespace"?: string;
      };
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        "application/json": {
          payloads: {
            metadata?: {
              [key: string]: string;
            };
            data?: string;
          }[];
        };
      };
    };
    responses: {
      /** @description The payloads, encrypted. */
      200: {
        headers: {
          "X-Request-Id": components["headers"]["X-Request-Id"];
          [name: string]: unknown;
        };
        content: {
          "application/json": {
            payloads: {
              metadata?: {
                [key: string]: string;
              };
              data?: string;
            }[];
          };
        };
      };
      400: components["responses"]["Problem.BAD_REQUEST.INVALID_REQUEST.MALFORMED_URL.NOT_JSON.NOT_UTF8.TOO_DEEP"];
      401: components["responses"]["Problem.UNAUTHENTICATED"];
      403: components["responses"]["Problem.CSRF_TOKEN_MISSING.FORBIDDEN"];
      408: components["responses"]["Problem.REQUEST_TIMEOUT"];
      409: components["responses"]["Problem.ENCRYPTION_OFF"];
      413: components["responses"]["Problem.BODY_TOO_LARGE"];
      415: components["responses"]["Problem.UNSUPPORTED_MEDIA_TYPE"];
      422: components["responses"]["Problem.INVALID_BODY"];
      429: components["responses"]["Problem.TOO_MANY_REQUESTS"];
      431: components["responses"]["Problem.HEADERS_TOO_LARGE"];
      500: components["responses"]["Problem.INTERNAL"];
      503: components["responses"]["Problem.ISSUER_UNAVAILABLE"];
    };
  };
  decodePayloads: {
    parameters: {
      query?: never;
      header?: {
        "X-Namespace"?: string;
      };
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        "application/json": {
          payloads: {
            metadata?: {
              [key: string]: string;
            };
            data?: string;
          }[];
        };
      };
    };
    responses: {
      /** @description The payloads, decrypted; others as they were. */
      200: {
        headers: {
          "X-Request-Id": components["headers"]["X-Request-Id"];
          [name: string]: unknown;
        };
        content: {
          "application/json": {
            payloads: {
              metadata?: {
                [key: string]: string;
              };
              data?: string;
            }[];
          };
        };
      };
      400: components["responses"]["Problem.BAD_REQUEST.INVALID_REQUEST.MALFORMED_URL.NOT_JSON.NOT_UTF8.TOO_DEEP"];
      401: components["responses"]["Problem.UNAUTHENTICATED"];
      403: components["responses"]["Problem.CSRF_TOKEN_MISSING.FORBIDDEN"];
      408: components["responses"]["Problem.REQUEST_TIMEOUT"];
      409: components["responses"]["Problem.ENCRYPTION_OFF"];
      413: components["responses"]["Problem.BODY_TOO_LARGE"];
      415: components["responses"]["Problem.UNSUPPORTED_MEDIA_TYPE"];
      422: components["responses"]["Problem.INVALID_BODY.INVALID_INPUT"];
      429: components["responses"]["Problem.TOO_MANY_REQUESTS"];
      431: components["responses"]["Problem.HEADERS_TOO_LARGE"];
      500: components["responses"]["Problem.INTERNAL"];
      503: components["responses"]["Problem.ISSUER_UNAVAILABLE"];
    };
  };
  getMachineState: {
    parameters: {
      query?: {
        runId?: string;
      };
      header?: never;
      path: {
        workflowId: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The state machine. */
      200: {
        headers: {
          "X-Request-Id": components["headers"]["X-Request-Id"];
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["MachineState"];
        };
      };
      400: components["responses"]["Problem.BAD_REQUEST.INVALID_REQUEST.MALFORMED_URL"];
      401: components["responses"]["Problem.UNAUTHENTICATED"];
      403: components["responses"]["Problem.CSRF_TOKEN_MISSING.FORBIDDEN"];
      404: components["responses"]["Problem.NOT_FOUND.NO_STATE_MACHINE.RUN_NOT_FOUND"];
      408: components["responses"]["Problem.REQUEST_TIMEOUT"];
      429: components["responses"]["Problem.RATE_LIMITED.TOO_MANY_REQUESTS"];
      431: components["responses"]["Problem.HEADERS_TOO_LARGE"];
      500: components["responses"]["Problem.DECRYPTION_FAILED.INTERNAL"];
      502: components["responses"]["Problem.TEMPORAL_REFUSED"];
      503: components["responses"]["Problem.ISSUER_UNAVAILABLE.TEMPORAL_UNAVAILABLE"];
    };
  };
  rewindRun: {
    parameters: {
      query?: {
        runId?: string;
      };
      header?: never;
      path: {
        workflowId: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        "application/json": {
          to: string;
          reason: string;
        };
      };
    };
    responses: {
      /** @description What the state machine is in now. */
      202: {
        headers: {
          "X-Request-Id": components["headers"]["X-Request-Id"];
          [name: string]: unknown;
        };
        content: {
          "application/json": {
            workflowId: string;
            /** @constant */
            accepted: true;
            /** @description The paths of the innermost active states */
            state: string[];
            /** @enum {string} */
            status: "active" | "done";
            /** @description The number of the transition after which this is so */
            transition: number;
            /** @description The step that failed for good, so that something else came of it */
            failed?: {
              step: string;
              type: string;
            };
            /** @description Its steps have not ended yet */
            moving?: components["schemas"]["MachineMoving"];
          };
        };
      };
      400: components["responses"]["Problem.BAD_REQUEST.INVALID_REQUEST.MALFORMED_URL.NOT_JSON.NOT_UTF8.TOO_DEEP"];
      401: components["responses"]["Problem.UNAUTHENTICATED"];
      403: components["responses"]["Problem.CSRF_TOKEN_MISSING.FORBIDDEN"];
      404: components["responses"]["Problem.NOT_FOUND.NO_STATE_MACHINE.RUN_NOT_FOUND"];
      408: components["responses"]["Problem.REQUEST_TIMEOUT"];
      409: components["responses"]["Problem.REWIND_NOT_ALLOWED.RUN_CLOSED.TRANSITION_IN_PROGRESS"];
      413: components["responses"]["Problem.BODY_TOO_LARGE"];
      415: components["responses"]["Problem.UNSUPPORTED_MEDIA_TYPE"];
      422: components["responses"]["Problem.INVALID_BODY.INVALID_INPUT"];
      429: components["responses"]["Problem.RATE_LIMITED.TOO_MANY_REQUESTS"];
      431: components["responses"]["Problem.HEADERS_TOO_LARGE"];
      500: components["responses"]["Problem.DECRYPTION_FAILED.INTERNAL"];
      502: components["responses"]["Problem.TEMPORAL_REFUSED"];
      503: components["responses"]["Problem.ISSUER_UNAVAILABLE.TEMPORAL_UNAVAILABLE"];
      504: components["responses"]["Problem.NO_WORKER_POLLING.RUN_NOT_ANSWERING"];
    };
  };
  listTasks: {
    parameters: {
      query?: {
        type?: string;
        role?: string;
        assignee?: string;
        status?: "open" | "claimed" | "completed" | "rejected" | "timedOut" | "canceled";
        dueBefore?: string;
        overdue?: "true" | "false";
        mine?: "true" | "false";
        limit?: number;
        cursor?: string;
        tenant?: string;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description A page of tasks. */
      200: {
        headers: {
          "X-Request-Id": components["headers"]["X-Request-Id"];
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["TaskPage"];
        };
      };
      400: components["responses"]["Problem.BAD_REQUEST.INVALID_CURSOR.INVALID_REQUEST.MALFORMED_URL"];
      401: components["responses"]["Problem.UNAUTHENTICATED"];
      403: components["responses"]["Problem.CSRF_TOKEN_MISSING.FORBIDDEN"];
      408: components["responses"]["Problem.REQUEST_TIMEOUT"];
      429: components["responses"]["Problem.RATE_LIMITED.TOO_MANY_REQUESTS"];
      431: components["responses"]["Problem.HEADERS_TOO_LARGE"];
      500: components["responses"]["Problem.DECRYPTION_FAILED.INTERNAL"];
      502: components["responses"]["Problem.TEMPORAL_REFUSED"];
      503: components["responses"]["Problem.ISSUER_UNAVAILABLE.TEMPORAL_UNAVAILABLE"];
    };
  };
  getTask: {
    parameters: {
      query?: {
        tenant?: string;
      };
      header?: never;
      path: {
        taskId: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The task. */
      200: {
        headers: {
          "X-Request-Id": components["headers"]["X-Request-Id"];
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["Task"];
        };
      };
      400: components["responses"]["Problem.BAD_REQUEST.INVALID_REQUEST.MALFORMED_URL"];
      401: components["responses"]["Problem.UNAUTHENTICATED"];
      403: components["responses"]["Problem.CSRF_TOKEN_MISSING.FORBIDDEN"];
      404: components["responses"]["Problem.NOT_FOUND.TASK_NOT_FOUND"];
      408: components["responses"]["Problem.REQUEST_TIMEOUT"];
      429: components["responses"]["Problem.RATE_LIMITED.TOO_MANY_REQUESTS"];
      431: components["responses"]["Problem.HEADERS_TOO_LARGE"];
      500: components["responses"]["Problem.DECRYPTION_FAILED.INTERNAL"];
      502: components["responses"]["Problem.TEMPORAL_REFUSED"];
      503: components["responses"]["Problem.ISSUER_UNAVAILABLE.TEMPORAL_UNAVAILABLE"];
    };
  };
  claimTask: {
    parameters: {
      query?: {
        tenant?: string;
      };
      header?: never;
      path: {
        taskId: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The task as it is now. */
      200: {
        headers: {
          "X-Request-Id": components["headers"]["X-Request-Id"];
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["Task"];
        };
      };
      400: components["responses"]["Problem.BAD_REQUEST.INVALID_REQUEST.MALFORMED_URL"];
      401: components["responses"]["Problem.UNAUTHENTICATED"];
      403: components["responses"]["Problem.CSRF_TOKEN_MISSING.FORBIDDEN.NOT_YOUR_TASK"];
      404: components["responses"]["Problem.NOT_FOUND.TASK_NOT_FOUND"];
      408: components["responses"]["Problem.REQUEST_TIMEOUT"];
      409: components["responses"]["Problem.TASK_CLAIMED.TASK_CLOSED"];
      413: components["responses"]["Problem.PAYLOAD_TOO_LARGE"];
      422: components["responses"]["Problem.INVALID_INPUT"];
      429: components["responses"]["Problem.RATE_LIMITED.TOO_MANY_REQUESTS"];
      431: components["responses"]["Problem.HEADERS_TOO_LARGE"];
      500: components["responses"]["Problem.DECRYPTION_FAILED.INTERNAL"];
      502: components["responses"]["Problem.TEMPORAL_REFUSED"];
      503: components["responses"]["Problem.ISSUER_UNAVAILABLE.TEMPORAL_UNAVAILABLE"];
      504: components["responses"]["Problem.NO_WORKER_POLLING.RUN_NOT_ANSWERING"];
    };
  };
  releaseTask: {
    parameters: {
      query?: {
        tenant?: string;
      };
      header?: never;
      path: {
        taskId: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The task as it is now. */
      200: {
        headers: {
          "X-Request-Id": components["headers"]["X-Request-Id"];
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["Task"];
        };
      };
      400: components["responses"]["Problem.BAD_REQUEST.INVALID_REQUEST.MALFORMED_URL"];
      401: components["responses"]["Problem.UNAUTHENTICATED"];
      403: components["responses"]["Problem.CSRF_TOKEN_MISSING.FORBIDDEN.NOT_YOUR_TASK"];
      404: components["responses"]["Problem.NOT_FOUND.TASK_NOT_FOUND"];
      408: components["responses"]["Problem.REQUEST_TIMEOUT"];
      409: components["responses"]["Problem.TASK_CLAIMED.TASK_CLOSED"];
      413: components["responses"]["Problem.PAYLOAD_TOO_LARGE"];
      422: components["responses"]["Problem.INVALID_INPUT"];
      429: components["responses"]["Problem.RATE_LIMITED.TOO_MANY_REQUESTS"];
      431: components["responses"]["Problem.HEADERS_TOO_LARGE"];
      500: components["responses"]["Problem.DECRYPTION_FAILED.INTERNAL"];
      502: components["responses"]["Problem.TEMPORAL_REFUSED"];
      503: components["responses"]["Problem.ISSUER_UNAVAILABLE.TEMPORAL_UNAVAILABLE"];
      504: components["responses"]["Problem.NO_WORKER_POLLING.RUN_NOT_ANSWERING"];
    };
  };
  completeTask: {
    parameters: {
      query?: {
        tenant?: string;
      };
      header?: {
        "Idempotency-Key"?: string;
      };
      path: {
        taskId: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        "application/json": {
          answer?: unknown;
        };
      };
    };
    responses: {
      /** @description The task as it is now. */
      200: {
        headers: {
          "X-Request-Id": components["headers"]["X-Request-Id"];
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["Task"];
        };
      };
      400: components["responses"]["Problem.BAD_REQUEST.INVALID_REQUEST.MALFORMED_URL.NOT_JSON.NOT_UTF8.TOO_DEEP"];
      401: components["responses"]["Problem.UNAUTHENTICATED"];
      403: components["responses"]["Problem.CSRF_TOKEN_MISSING.FORBIDDEN.NOT_YOUR_TASK"];
      404: components["responses"]["Problem.NOT_FOUND.TASK_NOT_FOUND"];
      408: components["responses"]["Problem.REQUEST_TIMEOUT"];
      409: components["responses"]["Problem.TASK_ANSWERED.TASK_CLAIMED.TASK_CLOSED"];
      413: components["responses"]["Problem.BODY_TOO_LARGE.PAYLOAD_TOO_LARGE"];
      415: components["responses"]["Problem.UNSUPPORTED_MEDIA_TYPE"];
      422: components["responses"]["Problem.INVALID_BODY.INVALID_INPUT"];
      429: components["responses"]["Problem.RATE_LIMITED.TOO_MANY_REQUESTS"];
      431: components["responses"]["Problem.HEADERS_TOO_LARGE"];
      500: components["responses"]["Problem.DECRYPTION_FAILED.INTERNAL"];
      502: components["responses"]["Problem.TEMPORAL_REFUSED"];
      503: components["responses"]["Problem.ISSUER_UNAVAILABLE.TEMPORAL_UNAVAILABLE"];
      504: components["responses"]["Problem.NO_WORKER_POLLING.RUN_NOT_ANSWERING"];
    };
  };
  rejectTask: {
    parameters: {
      query?: {
        tenant?: string;
      };
      header?: {
        "Idempotency-Key"?: string;
      };
      path: {
        taskId: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        "application/json": {
          reason: string;
        };
      };
    };
    responses: {
      /** @description The task as it is now. */
      200: {
        headers: {
          "X-Request-Id": components["headers"]["X-Request-Id"];
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["Task"];
        };
      };
      400: components["responses"]["Problem.BAD_REQUEST.INVALID_REQUEST.MALFORMED_URL.NOT_JSON.NOT_UTF8.TOO_DEEP"];
      401: components["responses"]["Problem.UNAUTHENTICATED"];
      403: components["responses"]["Problem.CSRF_TOKEN_MISSING.FORBIDDEN.NOT_YOUR_TASK"];
      404: components["responses"]["Problem.NOT_FOUND.TASK_NOT_FOUND"];
      408: components["responses"]["Problem.REQUEST_TIMEOUT"];
      409: components["responses"]["Problem.TASK_ANSWERED.TASK_CLAIMED.TASK_CLOSED"];
      413: components["responses"]["Problem.BODY_TOO_LARGE.PAYLOAD_TOO_LARGE"];
      415: components["responses"]["Problem.UNSUPPORTED_MEDIA_TYPE"];
      422: components["responses"]["Problem.INVALID_BODY.INVALID_INPUT"];
      429: components["responses"]["Problem.RATE_LIMITED.TOO_MANY_REQUESTS"];
      431: components["responses"]["Problem.HEADERS_TOO_LARGE"];
      500: components["responses"]["Problem.DECRYPTION_FAILED.INTERNAL"];
      502: components["responses"]["Problem.TEMPORAL_REFUSED"];
      503: components["responses"]["Problem.ISSUER_UNAVAILABLE.TEMPORAL_UNAVAILABLE"];
      504: components["responses"]["Problem.NO_WORKER_POLLING.RUN_NOT_ANSWERING"];
    };
  };
  escalateTask: {
    parameters: {
      query?: {
        tenant?: string;
      };
      header?: never;
      path: {
        taskId: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        "application/json": {
          reason: string;
        };
      };
    };
    responses: {
      /** @description The task as it is now. */
      200: {
        headers: {
          "X-Request-Id": components["headers"]["X-Request-Id"];
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["Task"];
        };
      };
      400: components["responses"]["Problem.BAD_REQUEST.INVALID_REQUEST.MALFORMED_URL.NOT_JSON.NOT_UTF8.TOO_DEEP"];
      401: components["responses"]["Problem.UNAUTHENTICATED"];
      403: components["responses"]["Problem.CSRF_TOKEN_MISSING.FORBIDDEN.NOT_YOUR_TASK"];
      404: components["responses"]["Problem.NOT_FOUND.TASK_NOT_FOUND"];
      408: components["responses"]["Problem.REQUEST_TIMEOUT"];
      409: components["responses"]["Problem.TASK_CLAIMED.TASK_CLOSED"];
      413: components["responses"]["Problem.BODY_TOO_LARGE.PAYLOAD_TOO_LARGE"];
      415: components["responses"]["Problem.UNSUPPORTED_MEDIA_TYPE"];
      422: components["responses"]["Problem.INVALID_BODY.INVALID_INPUT"];
      429: components["responses"]["Problem.RATE_LIMITED.TOO_MANY_REQUESTS"];
      431: components["responses"]["Problem.HEADERS_TOO_LARGE"];
      500: components["responses"]["Problem.DECRYPTION_FAILED.INTERNAL"];
      502: components["responses"]["Problem.TEMPORAL_REFUSED"];
      503: components["responses"]["Problem.ISSUER_UNAVAILABLE.TEMPORAL_UNAVAILABLE"];
      504: components["responses"]["Problem.NO_WORKER_POLLING.RUN_NOT_ANSWERING"];
    };
  };
  reassignTask: {
    parameters: {
      query?: {
        tenant?: string;
      };
      header?: never;
      path: {
        taskId: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        "application/json": {
          assignees?: string[];
          roles?: string[];
          reason: string;
        };
      };
    };
    responses: {
      /** @description The task as it is now. */
      200: {
        headers: {
          "X-Request-Id": components["headers"]["X-Request-Id"];
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["Task"];
        };
      };
      400: components["responses"]["Problem.BAD_REQUEST.INVALID_REQUEST.MALFORMED_URL.NOT_JSON.NOT_UTF8.TOO_DEEP"];
      401: components["responses"]["Problem.UNAUTHENTICATED"];
      403: components["responses"]["Problem.CSRF_TOKEN_MISSING.FORBIDDEN.NOT_YOUR_TASK"];
      404: components["responses"]["Problem.NOT_FOUND.TASK_NOT_FOUND"];
      408: components["responses"]["Problem.REQUEST_TIMEOUT"];
      409: components["responses"]["Problem.TASK_CLAIMED.TASK_CLOSED"];
      413: components["responses"]["Problem.BODY_TOO_LARGE.PAYLOAD_TOO_LARGE"];
      415: components["responses"]["Problem.UNSUPPORTED_MEDIA_TYPE"];
      422: components["responses"]["Problem.INVALID_BODY.INVALID_INPUT"];
      429: components["responses"]["Problem.RATE_LIMITED.TOO_MANY_REQUESTS"];
      431: components["responses"]["Problem.HEADERS_TOO_LARGE"];
      500: components["responses"]["Problem.DECRYPTION_FAILED.INTERNAL"];
      502: components["responses"]["Problem.TEMPORAL_REFUSED"];
      503: components["responses"]["Problem.ISSUER_UNAVAILABLE.TEMPORAL_UNAVAILABLE"];
      504: components["responses"]["Problem.NO_WORKER_POLLING.RUN_NOT_ANSWERING"];
    };
  };
  commentOnTask: {
    parameters: {
      query?: {
        tenant?: string;
      };
      header?: never;
      path: {
        taskId: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        "application/json": {
          text: string;
        };
      };
    };
    responses: {
      /** @description The task as it is now. */
      200: {
        headers: {
          "X-Request-Id": components["headers"]["X-Request-Id"];
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["Task"];
        };
      };
      400: components["responses"]["Problem.BAD_REQUEST.INVALID_REQUEST.MALFORMED_URL.NOT_JSON.NOT_UTF8.TOO_DEEP"];
      401: components["responses"]["Problem.UNAUTHENTICATED"];
      403: components["responses"]["Problem.CSRF_TOKEN_MISSING.FORBIDDEN.NOT_YOUR_TASK"];
      404: components["responses"]["Problem.NOT_FOUND.TASK_NOT_FOUND"];
      408: components["responses"]["Problem.REQUEST_TIMEOUT"];
      409: components["responses"]["Problem.TASK_CLAIMED.TASK_CLOSED"];
      413: components["responses"]["Problem.BODY_TOO_LARGE.PAYLOAD_TOO_LARGE"];
      415: components["responses"]["Problem.UNSUPPORTED_MEDIA_TYPE"];
      422: components["responses"]["Problem.INVALID_BODY.INVALID_INPUT"];
      429: components["responses"]["Problem.RATE_LIMITED.TOO_MANY_REQUESTS"];
      431: components["responses"]["Problem.HEADERS_TOO_LARGE"];
      500: components["responses"]["Problem.DECRYPTION_FAILED.INTERNAL"];
      502: components["responses"]["Problem.TEMPORAL_REFUSED"];
      503: components["responses"]["Problem.ISSUER_UNAVAILABLE.TEMPORAL_UNAVAILABLE"];
      504: components["responses"]["Problem.NO_WORKER_POLLING.RUN_NOT_ANSWERING"];
    };
  };
  showLinkedTask: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        "application/json": {
          token: string;
        };
      };
    };
    responses: {
      /** @description What is asked. */
      200: {
        headers: {
          "X-Request-Id": components["headers"]["X-Request-Id"];
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["LinkedTask"];
        };
      };
      400: components["responses"]["Problem.BAD_REQUEST.INVALID_REQUEST.MALFORMED_URL.NOT_JSON.NOT_UTF8.TOO_DEEP"];
      401: components["responses"]["Problem.TASK_LINK_INVALID"];
      404: components["responses"]["Problem.NOT_FOUND"];
      408: components["responses"]["Problem.REQUEST_TIMEOUT"];
      410: components["responses"]["Problem.TASK_LINK_GONE"];
      413: components["responses"]["Problem.BODY_TOO_LARGE"];
      415: components["responses"]["Problem.UNSUPPORTED_MEDIA_TYPE"];
      422: components["responses"]["Problem.INVALID_BODY"];
      429: components["responses"]["Problem.RATE_LIMITED.TOO_MANY_REQUESTS"];
      431: components["responses"]["Problem.HEADERS_TOO_LARGE"];
      500: components["responses"]["Problem.DECRYPTION_FAILED.INTERNAL"];
      502: components["responses"]["Problem.TEMPORAL_REFUSED"];
      503: components["responses"]["Problem.TEMPORAL_UNAVAILABLE"];
    };
  };
  answerLinkedTask: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        "application/json": {
          token: string;
          answer?: unknown;
          reject?: {
            reason: string;
          };
        };
      };
    };
    responses: {
      /** @description What became of it. */
      200: {
        headers: {
          "X-Request-Id": components["headers"]["X-Request-Id"];
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["AnsweredTask"];
        };
      };
      400: components["responses"]["Problem.BAD_REQUEST.INVALID_REQUEST.MALFORMED_URL.NOT_JSON.NOT_UTF8.TOO_DEEP"];
      401: components["responses"]["Problem.TASK_LINK_INVALID"];
      404: components["responses"]["Problem.NOT_FOUND"];
      408: components["responses"]["Problem.REQUEST_TIMEOUT"];
      409: components["responses"]["Problem.TASK_CLAIMED"];
      410: components["responses"]["Problem.TASK_LINK_GONE"];
      413: components["responses"]["Problem.BODY_TOO_LARGE.PAYLOAD_TOO_LARGE"];
      415: components["responses"]["Problem.UNSUPPORTED_MEDIA_TYPE"];
      422: components["responses"]["Problem.INVALID_BODY.INVALID_INPUT"];
      429: components["responses"]["Problem.RATE_LIMITED.TOO_MANY_REQUESTS"];
      431: components["responses"]["Problem.HEADERS_TOO_LARGE"];
      500: components["responses"]["Problem.DECRYPTION_FAILED.INTERNAL"];
      502: components["responses"]["Problem.TEMPORAL_REFUSED"];
      503: components["responses"]["Problem.TEMPORAL_UNAVAILABLE"];
      504: components["responses"]["Problem.NO_WORKER_POLLING.RUN_NOT_ANSWERING"];
    };
  };
  listSchedules: {
    parameters: {
      query?: {
        limit?: number;
        cursor?: string;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description A page of schedules. */
      200: {
        headers: {
          "X-Request-Id": components["headers"]["X-Request-Id"];
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["SchedulePage"];
        };
      };
      400: components["responses"]["Problem.BAD_REQUEST.INVALID_CURSOR.INVALID_REQUEST.MALFORMED_URL"];
      401: components["responses"]["Problem.UNAUTHENTICATED"];
      403: components["responses"]["Problem.CSRF_TOKEN_MISSING.FORBIDDEN"];
      408: components["responses"]["Problem.REQUEST_TIMEOUT"];
      429: components["responses"]["Problem.RATE_LIMITED.TOO_MANY_REQUESTS"];
      431: components["responses"]["Problem.HEADERS_TOO_LARGE"];
      500: components["responses"]["Problem.DECRYPTION_FAILED.INTERNAL"];
      502: components["responses"]["Problem.TEMPORAL_REFUSED"];
      503: components["responses"]["Problem.ISSUER_UNAVAILABLE.TEMPORAL_UNAVAILABLE"];
    };
  };
  deploySchedules: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        "application/json": {
          dryRun?: boolean;
          reason: string;
        };
      };
    };
    responses: {
      /** @description What was, or would be, done. */
      200: {
        headers: {
          "X-Request-Id": components["headers"]["X-Request-Id"];
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["ScheduleDeploy"];
        };
      };
      400: components["responses"]["Problem.BAD_REQUEST.INVALID_REQUEST.MALFORMED_URL.NOT_JSON.NOT_UTF8.TOO_DEEP"];
      401: components["responses"]["Problem.UNAUTHENTICATED"];
      403: components["responses"]["Problem.CSRF_TOKEN_MISSING.FORBIDDEN"];
      408: components["responses"]["Problem.REQUEST_TIMEOUT"];
      409: components["responses"]["Problem.SCHEDULE_BUSY"];
      413: components["responses"]["Problem.BODY_TOO_LARGE.PAYLOAD_TOO_LARGE"];
      415: components["responses"]["Problem.UNSUPPORTED_MEDIA_TYPE"];
      422: components["responses"]["Problem.INVALID_BODY.INVALID_INPUT"];
      429: components["responses"]["Problem.RATE_LIMITED.TOO_MANY_REQUESTS"];
      431: components["responses"]["Problem.HEADERS_TOO_LARGE"];
      500: components["responses"]["Problem.DECRYPTION_FAILED.INTERNAL"];
      502: components["responses"]["Problem.TEMPORAL_REFUSED"];
      503: components["responses"]["Problem.ISSUER_UNAVAILABLE.TEMPORAL_UNAVAILABLE"];
    };
  };
  getSchedule: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The schedule. */
      200: {
        headers: {
          "X-Request-Id": components["headers"]["X-Request-Id"];
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["Schedule"];
        };
      };
      400: components["responses"]["Problem.BAD_REQUEST.INVALID_REQUEST.MALFORMED_URL"];
      401: components["responses"]["Problem.UNAUTHENTICATED"];
      403: components["responses"]["Problem.CSRF_TOKEN_MISSING.FORBIDDEN"];
      404: components["responses"]["Problem.NOT_FOUND.SCHEDULE_NOT_FOUND"];
      408: components["responses"]["Problem.REQUEST_TIMEOUT"];
      429: components["responses"]["Problem.RATE_LIMITED.TOO_MANY_REQUESTS"];
      431: components["responses"]["Problem.HEADERS_TOO_LARGE"];
      500: components["responses"]["Problem.DECRYPTION_FAILED.INTERNAL"];
      502: components["responses"]["Problem.TEMPORAL_REFUSED"];
      503: components["responses"]["Problem.ISSUER_UNAVAILABLE.TEMPORAL_UNAVAILABLE"];
    };
  };
  putSchedule: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        "application/json": {
          at: components["schemas"]["ScheduleTime"][];
          except?: {
            /** @constant */
            kind: "calendar";
            second?: (string | number) | (string | number)[];
            minute?: (string | number) | (string | number)[];
            hour?: (string | number) | (string | number)[];
            dayOfMonth?: (string | number) | (string | number)[];
            month?: (string | number) | (string | number)[];
            year?: (string | number) | (string | number)[];
            dayOfWeek?: (string | number) | (string | number)[];
          }[];
          timeZone?: string;
          startAt?: string;
          endAt?: string;
          jitter?: string;
          type: string;
          input?: unknown;
          lane?: components["schemas"]["StartLane"];
          /** @enum {string} */
          overlap?: "skip" | "bufferOne" | "bufferAll" | "cancelOther" | "terminateOther" | "allowAll";
          catchUpWindow?: string;
          pauseOnFailure?: boolean;
          description?: string;
          reason: string;
        };
      };
    };
    responses: {
      /** @description The schedule as it is now. */
      200: {
        headers: {
          "X-Request-Id": components["headers"]["X-Request-Id"];
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["Schedule"];
        };
      };
      400: components["responses"]["Problem.BAD_REQUEST.INVALID_REQUEST.MALFORMED_URL.NOT_JSON.NOT_UTF8.TOO_DEEP"];
      401: components["responses"]["Problem.UNAUTHENTICATED"];
      403: components["responses"]["Problem.CSRF_TOKEN_MISSING.FORBIDDEN"];
      404: components["responses"]["Problem.NOT_FOUND.SCHEDULE_NOT_FOUND"];
      408: components["responses"]["Problem.REQUEST_TIMEOUT"];
      409: components["responses"]["Problem.SCHEDULE_BUSY"];
      413: components["responses"]["Problem.BODY_TOO_LARGE.PAYLOAD_TOO_LARGE"];
      415: components["responses"]["Problem.UNSUPPORTED_MEDIA_TYPE"];
      422: components["responses"]["Problem.INVALID_BODY.INVALID_INPUT"];
      429: components["responses"]["Problem.RATE_LIMITED.TOO_MANY_REQUESTS"];
      431: components["responses"]["Problem.HEADERS_TOO_LARGE"];
      500: components["responses"]["Problem.DECRYPTION_FAILED.INTERNAL"];
      502: components["responses"]["Problem.TEMPORAL_REFUSED"];
      503: components["responses"]["Problem.ISSUER_UNAVAILABLE.TEMPORAL_UNAVAILABLE"];
    };
  };
  deleteSchedule: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        "application/json": {
          reason: string;
        };
      };
    };
    responses: {
      /** @description It is deleted. */
      200: {
        headers: {
          "X-Request-Id": components["headers"]["X-Request-Id"];
          [name: string]: unknown;
        };
        content: {
          "application/json": {
            id: string;
            /** @constant */
            deleted: true;
            /** @description What the code says, which holds again */
            back?: components["schemas"]["Schedule"];
          };
        };
      };
      400: components["responses"]["Problem.BAD_REQUEST.INVALID_REQUEST.MALFORMED_URL.NOT_JSON.NOT_UTF8.TOO_DEEP"];
      401: components["responses"]["Problem.UNAUTHENTICATED"];
      403: components["responses"]["Problem.CSRF_TOKEN_MISSING.FORBIDDEN"];
      404: components["responses"]["Problem.NOT_FOUND.SCHEDULE_NOT_FOUND"];
      408: components["responses"]["Problem.REQUEST_TIMEOUT"];
      409: components["responses"]["Problem.SCHEDULE_BUSY.SCHEDULE_IN_CODE"];
      413: components["responses"]["Problem.BODY_TOO_LARGE"];
      415: components["responses"]["Problem.UNSUPPORTED_MEDIA_TYPE"];
      422: components["responses"]["Problem.INVALID_BODY.INVALID_INPUT"];
      429: components["responses"]["Problem.RATE_LIMITED.TOO_MANY_REQUESTS"];
      431: components["responses"]["Problem.HEADERS_TOO_LARGE"];
      500: components["responses"]["Problem.DECRYPTION_FAILED.INTERNAL"];
      502: components["responses"]["Problem.TEMPORAL_REFUSED"];
      503: components["responses"]["Problem.ISSUER_UNAVAILABLE.TEMPORAL_UNAVAILABLE"];
    };
  };
  pauseSchedule: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        "application/json": {
          reason: string;
        };
      };
    };
    responses: {
      /** @description The schedule as it is now. */
      200: {
        headers: {
          "X-Request-Id": components["headers"]["X-Request-Id"];
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["Schedule"];
        };
      };
      400: components["responses"]["Problem.BAD_REQUEST.INVALID_REQUEST.MALFORMED_URL.NOT_JSON.NOT_UTF8.TOO_DEEP"];
      401: components["responses"]["Problem.UNAUTHENTICATED"];
      403: components["responses"]["Problem.CSRF_TOKEN_MISSING.FORBIDDEN"];
      404: components["responses"]["Problem.NOT_FOUND.SCHEDULE_NOT_FOUND"];
      408: components["responses"]["Problem.REQUEST_TIMEOUT"];
      409: components["responses"]["Problem.SCHEDULE_BUSY"];
      413: components["responses"]["Problem.BODY_TOO_LARGE"];
      415: components["responses"]["Problem.UNSUPPORTED_MEDIA_TYPE"];
      422: components["responses"]["Problem.INVALID_BODY.INVALID_INPUT"];
      429: components["responses"]["Problem.RATE_LIMITED.TOO_MANY_REQUESTS"];
      431: components["responses"]["Problem.HEADERS_TOO_LARGE"];
      500: components["responses"]["Problem.DECRYPTION_FAILED.INTERNAL"];
      502: components["responses"]["Problem.TEMPORAL_REFUSED"];
      503: components["responses"]["Problem.ISSUER_UNAVAILABLE.TEMPORAL_UNAVAILABLE"];
    };
  };
  resumeSchedule: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        "application/json": {
          reason: string;
        };
      };
    };
    responses: {
      /** @description The schedule as it is now. */
      200: {
        headers: {
          "X-Request-Id": components["headers"]["X-Request-Id"];
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["Schedule"];
        };
      };
      400: components["responses"]["Problem.BAD_REQUEST.INVALID_REQUEST.MALFORMED_URL.NOT_JSON.NOT_UTF8.TOO_DEEP"];
      401: components["responses"]["Problem.UNAUTHENTICATED"];
      403: components["responses"]["Problem.CSRF_TOKEN_MISSING.FORBIDDEN"];
      404: components["responses"]["Problem.NOT_FOUND.SCHEDULE_NOT_FOUND"];
      408: components["responses"]["Problem.REQUEST_TIMEOUT"];
      409: components["responses"]["Problem.SCHEDULE_BUSY"];
      413: components["responses"]["Problem.BODY_TOO_LARGE"];
      415: components["responses"]["Problem.UNSUPPORTED_MEDIA_TYPE"];
      422: components["responses"]["Problem.INVALID_BODY.INVALID_INPUT"];
      429: components["responses"]["Problem.RATE_LIMITED.TOO_MANY_REQUESTS"];
      431: components["responses"]["Problem.HEADERS_TOO_LARGE"];
      500: components["responses"]["Problem.DECRYPTION_FAILED.INTERNAL"];
      502: components["responses"]["Problem.TEMPORAL_REFUSED"];
      503: components["responses"]["Problem.ISSUER_UNAVAILABLE.TEMPORAL_UNAVAILABLE"];
    };
  };
  triggerSchedule: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        "application/json": {
          reason: string;
          /** @enum {string} */
          overlap?: "skip" | "bufferOne" | "bufferAll" | "cancelOther" | "terminateOther" | "allowAll";
        };
      };
    };
    responses: {
      /** @description What became of it. */
      200: {
        headers: {
          "X-Request-Id": components["headers"]["X-Request-Id"];
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["ScheduleTrigger"];
        };
      };
      400: components["responses"]["Problem.BAD_REQUEST.INVALID_REQUEST.MALFORMED_URL.NOT_JSON.NOT_UTF8.TOO_DEEP"];
      401: components["responses"]["Problem.UNAUTHENTICATED"];
      403: components["responses"]["Problem.CSRF_TOKEN_MISSING.FORBIDDEN"];
      404: components["responses"]["Problem.NOT_FOUND.SCHEDULE_NOT_FOUND"];
      408: components["responses"]["Problem.REQUEST_TIMEOUT"];
      409: components["responses"]["Problem.SCHEDULE_BUSY"];
      413: components["responses"]["Problem.BODY_TOO_LARGE"];
      415: components["responses"]["Problem.UNSUPPORTED_MEDIA_TYPE"];
      422: components["responses"]["Problem.INVALID_BODY.INVALID_INPUT"];
      429: components["responses"]["Problem.RATE_LIMITED.TOO_MANY_REQUESTS"];
      431: components["responses"]["Problem.HEADERS_TOO_LARGE"];
      500: components["responses"]["Problem.DECRYPTION_FAILED.INTERNAL"];
      502: components["responses"]["Problem.TEMPORAL_REFUSED"];
      503: components["responses"]["Problem.ISSUER_UNAVAILABLE.TEMPORAL_UNAVAILABLE"];
    };
  };
  backfillSchedule: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        "application/json": {
          /**
           * Format: date-time
           * @description The first due time may be this
           */
          from: string;
          /**
           * Format: date-time
           * @description The last due time may be this; not in the future
           */
          to: string;
          /** @enum {string} */
          overlap?: "skip" | "bufferOne" | "bufferAll" | "cancelOther" | "terminateOther" | "allowAll";
          /** @description Whether due times that have a run get another one */
          again?: boolean;
          dryRun?: boolean;
          reason: string;
        };
      };
    };
    responses: {
      /** @description The due times, by what becomes of them. */
      200: {
        headers: {
          "X-Request-Id": components["headers"]["X-Request-Id"];
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["ScheduleBackfill"];
        };
      };
      400: components["responses"]["Problem.BAD_REQUEST.INVALID_REQUEST.MALFORMED_URL.NOT_JSON.NOT_UTF8.TOO_DEEP"];
      401: components["responses"]["Problem.UNAUTHENTICATED"];
      403: components["responses"]["Problem.CSRF_TOKEN_MISSING.FORBIDDEN"];
      404: components["responses"]["Problem.NOT_FOUND.SCHEDULE_NOT_FOUND"];
      408: components["responses"]["Problem.REQUEST_TIMEOUT"];
      409: components["responses"]["Problem.SCHEDULE_BUSY"];
      413: components["responses"]["Problem.BODY_TOO_LARGE"];
      415: components["responses"]["Problem.UNSUPPORTED_MEDIA_TYPE"];
      422: components["responses"]["Problem.INVALID_BODY.INVALID_INPUT"];
      429: components["responses"]["Problem.RATE_LIMITED.TOO_MANY_REQUESTS"];
      431: components["responses"]["Problem.HEADERS_TOO_LARGE"];
      500: components["responses"]["Problem.DECRYPTION_FAILED.INTERNAL"];
      502: components["responses"]["Problem.TEMPORAL_REFUSED"];
      503: components["responses"]["Problem.ISSUER_UNAVAILABLE.TEMPORAL_UNAVAILABLE"];
    };
  };
  receiveWebhook: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        source: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        "application/json": unknown;
      };
    };
    responses: {
      /** @description Nothing was to be done with it: it came before, or the source has no rule for it. */
      200: {
        headers: {
          "X-Request-Id": components["headers"]["X-Request-Id"];
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["TakenWebhook"];
        };
      };
      /** @description Temporal has it. */
      202: {
        headers: {
          "X-Request-Id": components["headers"]["X-Request-Id"];
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["TakenWebhook"];
        };
      };
      400: components["responses"]["Problem.BAD_REQUEST.INVALID_REQUEST.MALFORMED_URL.NOT_JSON.NOT_UTF8.TOO_DEEP"];
      401: components["responses"]["Problem.WEBHOOK_NOT_SIGNED"];
      404: components["responses"]["Problem.NOT_FOUND.RUN_NOT_FOUND"];
      408: components["responses"]["Problem.REQUEST_TIMEOUT"];
      409: components["responses"]["Problem.EVENT_NOT_ALLOWED.RUN_CLOSED.TRANSITION_IN_PROGRESS.UPDATE_REJECTED"];
      413: components["responses"]["Problem.BODY_TOO_LARGE.PAYLOAD_TOO_LARGE"];
      415: components["responses"]["Problem.UNSUPPORTED_MEDIA_TYPE"];
      422: components["responses"]["Problem.IDEMPOTENCY_KEY_REUSED.INVALID_BODY.INVALID_INPUT"];
      429: components["responses"]["Problem.CONCURRENCY_LIMIT.RATE_LIMITED.WINDOW_FULL"];
      431: components["responses"]["Problem.HEADERS_TOO_LARGE"];
      500: components["responses"]["Problem.DECRYPTION_FAILED.INTERNAL"];
      502: components["responses"]["Problem.TEMPORAL_REFUSED"];
      503: components["responses"]["Problem.EVENT_SOURCE_PAUSED.TEMPORAL_UNAVAILABLE"];
      504: components["responses"]["Problem.NO_WORKER_POLLING.RUN_NOT_ANSWERING"];
    };
  };
  listEventSources: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description All sources of the app. */
      200: {
        headers: {
          "X-Request-Id": components["headers"]["X-Request-Id"];
          [name: string]: unknown;
        };
        content: {
          "application/json": {
            items: components["schemas"]["EventSource"][];
          };
        };
      };
      400: components["responses"]["Problem.BAD_REQUEST.INVALID_REQUEST.MALFORMED_URL"];
      401: components["responses"]["Problem.UNAUTHENTICATED"];
      403: components["responses"]["Problem.CSRF_TOKEN_MISSING.FORBIDDEN"];
      408: components["responses"]["Problem.REQUEST_TIMEOUT"];
      429: components["responses"]["Problem.RATE_LIMITED.TOO_MANY_REQUESTS"];
      431: components["responses"]["Problem.HEADERS_TOO_LARGE"];
      500: components["responses"]["Problem.DECRYPTION_FAILED.INTERNAL"];
      502: components["responses"]["Problem.TEMPORAL_REFUSED"];
      503: components["responses"]["Problem.ISSUER_UNAVAILABLE.TEMPORAL_UNAVAILABLE"];
    };
  };
  pauseEventSource: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        name: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        "application/json": {
          reason: string;
        };
      };
    };
    responses: {
      /** @description It is paused; consumers know it within about two seconds. */
      200: {
        headers: {
          "X-Request-Id": components["headers"]["X-Request-Id"];
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["EventSource"];
        };
      };
      400: components["responses"]["Problem.BAD_REQUEST.INVALID_REQUEST.MALFORMED_URL.NOT_JSON.NOT_UTF8.TOO_DEEP"];
      401: components["responses"]["Problem.UNAUTHENTICATED"];
      403: components["responses"]["Problem.CSRF_TOKEN_MISSING.FORBIDDEN"];
      404: components["responses"]["Problem.EVENT_SOURCE_NOT_FOUND.NOT_FOUND"];
      408: components["responses"]["Problem.REQUEST_TIMEOUT"];
      413: components["responses"]["Problem.BODY_TOO_LARGE"];
      415: components["responses"]["Problem.UNSUPPORTED_MEDIA_TYPE"];
      422: components["responses"]["Problem.INVALID_BODY.INVALID_INPUT"];
      429: components["responses"]["Problem.RATE_LIMITED.TOO_MANY_REQUESTS"];
      431: components["responses"]["Problem.HEADERS_TOO_LARGE"];
      500: components["responses"]["Problem.DECRYPTION_FAILED.INTERNAL"];
      502: components["responses"]["Problem.TEMPORAL_REFUSED"];
      503: components["responses"]["Problem.ISSUER_UNAVAILABLE.TEMPORAL_UNAVAILABLE"];
      504: components["responses"]["Problem.NO_WORKER_POLLING.RUN_NOT_ANSWERING"];
    };
  };
  resumeEventSource: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        name: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        "application/json": {
          reason: string;
        };
      };
    };
    responses: {
      /** @description It is no longer paused. */
      200: {
        headers: {
          "X-Request-Id": components["headers"]["X-Request-Id"];
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["EventSource"];
        };
      };
      400: components["responses"]["Problem.BAD_REQUEST.INVALID_REQUEST.MALFORMED_URL.NOT_JSON.NOT_UTF8.TOO_DEEP"];
      401: components["responses"]["Problem.UNAUTHENTICATED"];
      403: components["responses"]["Problem.CSRF_TOKEN_MISSING.FORBIDDEN"];
      404: components["responses"]["Problem.EVENT_SOURCE_NOT_FOUND.NOT_FOUND"];
      408: components["responses"]["Problem.REQUEST_TIMEOUT"];
      413: components["responses"]["Problem.BODY_TOO_LARGE"];
      415: components["responses"]["Problem.UNSUPPORTED_MEDIA_TYPE"];
      422: components["responses"]["Problem.INVALID_BODY.INVALID_INPUT"];
      429: components["responses"]["Problem.RATE_LIMITED.TOO_MANY_REQUESTS"];
      431: components["responses"]["Problem.HEADERS_TOO_LARGE"];
      500: components["responses"]["Problem.DECRYPTION_FAILED.INTERNAL"];
      502: components["responses"]["Problem.TEMPORAL_REFUSED"];
      503: components["responses"]["Problem.ISSUER_UNAVAILABLE.TEMPORAL_UNAVAILABLE"];
      504: components["responses"]["Problem.NO_WORKER_POLLING.RUN_NOT_ANSWERING"];
    };
  };
  listEventWindows: {
    parameters: {
      query?: {
        /** @description The name of the source whose events they gather */
        source?: string;
        limit?: number;
        cursor?: string;
        tenant?: string;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description A page of windows. */
      200: {
        headers: {
          "X-Request-Id": components["headers"]["X-Request-Id"];
          [name: string]: unknown;
        };
        content: {
          "application/json": {
            items: components["schemas"]["EventWindow"][];
            /** @description Where the next page begins */
            nextCursor: string | null;
          };
        };
      };
      400: components["responses"]["Problem.BAD_REQUEST.INVALID_CURSOR.INVALID_REQUEST.MALFORMED_URL"];
      401: components["responses"]["Problem.UNAUTHENTICATED"];
      403: components["responses"]["Problem.CSRF_TOKEN_MISSING.FORBIDDEN"];
      408: components["responses"]["Problem.REQUEST_TIMEOUT"];
      429: components["responses"]["Problem.RATE_LIMITED.TOO_MANY_REQUESTS"];
      431: components["responses"]["Problem.HEADERS_TOO_LARGE"];
      500: components["responses"]["Problem.DECRYPTION_FAILED.INTERNAL"];
      502: components["responses"]["Problem.TEMPORAL_REFUSED"];
      503: components["responses"]["Problem.ISSUER_UNAVAILABLE.TEMPORAL_UNAVAILABLE"];
    };
  };
  getEventWindow: {
    parameters: {
      query?: {
        tenant?: string;
      };
      header?: never;
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The window. */
      200: {
        headers: {
          "X-Request-Id": components["headers"]["X-Request-Id"];
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["EventWindow"];
        };
      };
      400: components["responses"]["Problem.BAD_REQUEST.INVALID_REQUEST.MALFORMED_URL"];
      401: components["responses"]["Problem.UNAUTHENTICATED"];
      403: components["responses"]["Problem.CSRF_TOKEN_MISSING.FORBIDDEN"];
      404: components["responses"]["Problem.NOT_FOUND.RUN_NOT_FOUND"];
      408: components["responses"]["Problem.REQUEST_TIMEOUT"];
      429: components["responses"]["Problem.RATE_LIMITED.TOO_MANY_REQUESTS"];
      431: components["responses"]["Problem.HEADERS_TOO_LARGE"];
      500: components["responses"]["Problem.DECRYPTION_FAILED.INTERNAL"];
      502: components["responses"]["Problem.TEMPORAL_REFUSED"];
      503: components["responses"]["Problem.ISSUER_UNAVAILABLE.TEMPORAL_UNAVAILABLE"];
    };
  };
  setQueueRate: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        name: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        "application/json": {
          /** @description In a second; 0 holds all steps, null takes the limit away; not given, it stays */
          perSecond?: number | null;
          /** @description In a second; 0 holds all steps, null takes the limit away; not given, it stays */
          perKeyPerSecond?: number | null;
          reason: string;
        };
      };
    };
    responses: {
      /** @description What is in force; workers keep to it within seconds. */
      200: {
        headers: {
          "X-Request-Id": components["headers"]["X-Request-Id"];
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["QueueRate"];
        };
      };
      400: components["responses"]["Problem.BAD_REQUEST.INVALID_REQUEST.MALFORMED_URL.NOT_JSON.NOT_UTF8.TOO_DEEP"];
      401: components["responses"]["Problem.UNAUTHENTICATED"];
      403: components["responses"]["Problem.CSRF_TOKEN_MISSING.FORBIDDEN"];
      404: components["responses"]["Problem.NOT_FOUND.UNKNOWN_QUEUE"];
      408: components["responses"]["Problem.REQUEST_TIMEOUT"];
      413: components["responses"]["Problem.BODY_TOO_LARGE"];
      415: components["responses"]["Problem.UNSUPPORTED_MEDIA_TYPE"];
      422: components["responses"]["Problem.INVALID_BODY.INVALID_INPUT"];
      429: components["responses"]["Problem.RATE_LIMITED.TOO_MANY_REQUESTS"];
      431: components["responses"]["Problem.HEADERS_TOO_LARGE"];
      500: components["responses"]["Problem.DECRYPTION_FAILED.INTERNAL"];
      502: components["responses"]["Problem.TEMPORAL_REFUSED"];
      503: components["responses"]["Problem.ISSUER_UNAVAILABLE.TEMPORAL_UNAVAILABLE"];
    };
  };
  listLanes: {
    parameters: {
      query?: {
        limit?: number;
        cursor?: string;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description A page of lanes. */
      200: {
        headers: {
          "X-Request-Id": components["headers"]["X-Request-Id"];
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["ConcurrencyLanePage"];
        };
      };
      400: components["responses"]["Problem.BAD_REQUEST.INVALID_CURSOR.INVALID_REQUEST.MALFORMED_URL"];
      401: components["responses"]["Problem.UNAUTHENTICATED"];
      403: components["responses"]["Problem.CSRF_TOKEN_MISSING.FORBIDDEN"];
      408: components["responses"]["Problem.REQUEST_TIMEOUT"];
      429: components["responses"]["Problem.RATE_LIMITED.TOO_MANY_REQUESTS"];
      431: components["responses"]["Problem.HEADERS_TOO_LARGE"];
      500: components["responses"]["Problem.DECRYPTION_FAILED.INTERNAL"];
      502: components["responses"]["Problem.TEMPORAL_REFUSED"];
      503: components["responses"]["Problem.ISSUER_UNAVAILABLE.TEMPORAL_UNAVAILABLE"];
    };
  };
  getLane: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The lane. */
      200: {
        headers: {
          "X-Request-Id": components["headers"]["X-Request-Id"];
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["ConcurrencyLane"];
        };
      };
      400: components["responses"]["Problem.BAD_REQUEST.INVALID_REQUEST.MALFORMED_URL"];
      401: components["responses"]["Problem.UNAUTHENTICATED"];
      403: components["responses"]["Problem.CSRF_TOKEN_MISSING.FORBIDDEN"];
      404: components["responses"]["Problem.LANE_NOT_FOUND.NOT_FOUND"];
      408: components["responses"]["Problem.REQUEST_TIMEOUT"];
      429: components["responses"]["Problem.RATE_LIMITED.TOO_MANY_REQUESTS"];
      431: components["responses"]["Problem.HEADERS_TOO_LARGE"];
      500: components["responses"]["Problem.DECRYPTION_FAILED.INTERNAL"];
      502: components["responses"]["Problem.TEMPORAL_REFUSED"];
      503: components["responses"]["Problem.ISSUER_UNAVAILABLE.TEMPORAL_UNAVAILABLE"];
    };
  };
  getMetricsSummary: {
    parameters: {
      query?: {
        window?: "1h" | "24h" | "7d" | "30d";
        type?: string;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The numbers. */
      200: {
        headers: {
          "X-Request-Id": components["headers"]["X-Request-Id"];
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["MetricsSummary"];
        };
      };
      400: components["responses"]["Problem.BAD_REQUEST.INVALID_REQUEST.MALFORMED_URL"];
      401: components["responses"]["Problem.UNAUTHENTICATED"];
      403: components["responses"]["Problem.CSRF_TOKEN_MISSING.FORBIDDEN"];
      408: components["responses"]["Problem.REQUEST_TIMEOUT"];
      429: components["responses"]["Problem.RATE_LIMITED.TOO_MANY_REQUESTS"];
      431: components["responses"]["Problem.HEADERS_TOO_LARGE"];
      500: components["responses"]["Problem.DECRYPTION_FAILED.INTERNAL"];
      502: components["responses"]["Problem.TEMPORAL_REFUSED"];
      503: components["responses"]["Problem.ISSUER_UNAVAILABLE.TEMPORAL_UNAVAILABLE"];
    };
  };
  getMetricsTimeseries: {
    parameters: {
      query?: {
        window?: "1h" | "24h" | "7d" | "30d";
        type?: string;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The numbers. */
      200: {
        headers: {
          "X-Request-Id": components["headers"]["X-Request-Id"];
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["MetricsTimeseries"];
        };
      };
      400: components["responses"]["Problem.BAD_REQUEST.INVALID_REQUEST.MALFORMED_URL"];
      401: components["responses"]["Problem.UNAUTHENTICATED"];
      403: components["responses"]["Problem.CSRF_TOKEN_MISSING.FORBIDDEN"];
      408: components["responses"]["Problem.REQUEST_TIMEOUT"];
      429: components["responses"]["Problem.RATE_LIMITED.TOO_MANY_REQUESTS"];
      431: components["responses"]["Problem.HEADERS_TOO_LARGE"];
      500: components["responses"]["Problem.DECRYPTION_FAILED.INTERNAL"];
      502: components["responses"]["Problem.TEMPORAL_REFUSED"];
      503: components["responses"]["Problem.ISSUER_UNAVAILABLE.TEMPORAL_UNAVAILABLE"];
    };
  };
  streamMetrics: {
    parameters: {
      query?: {
        window?: "1h" | "24h" | "7d" | "30d";
        type?: string;
        /** @description Only runs that are so now */
        status?: "running" | "completed" | "failed" | "canceled" | "terminated" | "timedOut" | "continuedAsNew";
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Server-sent events without an end: `runs` with `items` as of `listRuns`, `summary` as of `getMetricsSummary`, and `live`, which says whether changes can be seen at the moment. */
      200: {
        headers: {
          "X-Request-Id": components["headers"]["X-Request-Id"];
          [name: string]: unknown;
        };
        content: {
          "text/event-stream": unknown;
        };
      };
      400: components["responses"]["Problem.BAD_REQUEST.INVALID_REQUEST.MALFORMED_URL"];
      401: components["responses"]["Problem.UNAUTHENTICATED"];
      403: components["responses"]["Problem.CSRF_TOKEN_MISSING.FORBIDDEN"];
      408: components["responses"]["Problem.REQUEST_TIMEOUT"];
      429: components["responses"]["Problem.TOO_MANY_REQUESTS.TOO_MANY_STREAMS"];
      431: components["responses"]["Problem.HEADERS_TOO_LARGE"];
      500: components["responses"]["Problem.INTERNAL"];
      503: components["responses"]["Problem.ISSUER_UNAVAILABLE"];
    };
  };
}

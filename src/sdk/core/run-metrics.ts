// What a run says about itself to who counts runs.

/** The memo field of a run that has recorded values: what each of its metrics comes to. */
export const metricsMemo = "tenutoMetrics";

/** The search attribute (Datetime) of a run that continues another: when the first of them started. */
export const chainStartAttribute = "TenutoChainStart";

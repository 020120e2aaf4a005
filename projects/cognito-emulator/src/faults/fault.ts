/** What can go wrong with a call. `times` is for how many calls; default 1. Faults of an operation are used up in order. */
export type Fault = { readonly times?: number } &
  /** An exception of the service instead of an answer; not processed. */
  (
    | { readonly kind: 'error'; readonly type: string; readonly message?: string; readonly status?: number }
    /** An HTTP status with a short plain text; not processed. */
    | { readonly kind: 'status'; readonly status: number }
    /** TooManyRequestsException; not processed. `times` calls in a row. */
    | { readonly kind: 'throttle' }
    /** Answers later, by real time. Processed before the delay (the default) or after it. */
    | { readonly kind: 'delay'; readonly ms: number; readonly processed?: 'first' | 'last' }
    /** The connection breaks; not processed. */
    | { readonly kind: 'resetBeforeProcessing' }
    /** Processed, then the connection breaks: the answer is lost. */
    | { readonly kind: 'resetAfterCommit' }
    /** Processed; half of the body arrives. `cut`: as a complete answer (default), or with the connection broken in the middle. */
    | { readonly kind: 'truncatedBody'; readonly cut?: 'complete' | 'broken' }
    /** A page instead of JSON, as from a proxy, a firewall or a captive portal; not processed. Default status 200. */
    | { readonly kind: 'htmlBody'; readonly status?: number }
    /** Processed; the headers come at once, the body trickles in over `ms`. */
    | { readonly kind: 'slowBody'; readonly ms: number }
  );

/** The name of a fault. */
export type FaultKind = Fault['kind'];

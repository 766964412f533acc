/** How far a request may go before it is given up. Milliseconds and bytes. */
export interface HttpLimits {
  /** Until the connection stands, TLS included. */
  readonly connectMs: number;
  /** Until the headers of the answer are there, and between two pieces of its body. */
  readonly silenceMs: number;
  /** For one attempt from first to last byte: what stops a body that trickles. */
  readonly attemptMs: number;
  /** Of a body, as sent and as unpacked. */
  readonly maxBytes: number;
  readonly attempts: number;
  /** The first wait between attempts; the following ones double. */
  readonly backOffMs: number;
  /** For all attempts and waits of one request together. */
  readonly patienceMs: number;
  readonly redirects: number;
  /** Connections at once to one host. */
  readonly connections: number;
}

export const HTTP_LIMITS: HttpLimits = {
  connectMs: 10_000,
  // The Hub's heaviest listings take about ten seconds.
  silenceMs: 30_000,
  // The largest body we know is 2 MB; at 64 kB/s it takes half of this.
  attemptMs: 60_000,
  // Thirty times the largest body we know; what a Lambda of 512 MB holds in comfort.
  maxBytes: 64 * 1024 * 1024,
  attempts: 5,
  backOffMs: 1_000,
  // The Hub counts calls in windows of five minutes: one wait of that length, and the attempt after it.
  patienceMs: 370_000,
  redirects: 5,
  connections: 2,
};

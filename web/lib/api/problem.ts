/** One fault of one field, by its wire name. */
export type FieldError = { field: string; message: string };

/** An answer the server refused, or one that never came: `message` is the server's sentence, or empty where it sent none. */
export class Problem extends Error {
  override name = 'Problem';
  readonly status: number;
  readonly code: string;
  readonly errors: FieldError[];
  readonly request_id: string | null;
  /** Of a file without a column that it needs: the columns that it has. */
  readonly columns_found: string[] | null;

  constructor(body: {
    status: number;
    code: string;
    detail?: string;
    errors?: FieldError[];
    request_id?: string;
    columns_found?: string[];
  }) {
    super(body.detail ?? '');
    this.status = body.status;
    this.code = body.code;
    this.errors = body.errors ?? [];
    this.request_id = body.request_id ?? null;
    this.columns_found = body.columns_found ?? null;
  }
}

/** Reads a problem document; an answer that is none (a proxy's page) still becomes a Problem with its status. */
export function readProblem(status: number, text: string): Problem {
  try {
    const body: unknown = JSON.parse(text);
    if (typeof body === 'object' && body !== null && 'code' in body) {
      return new Problem({ ...(body as { code: string }), status });
    }
  } catch {
    // Not JSON: the status is all there is to say.
  }
  return new Problem({ status, code: 'server.unreadable' });
}

/** Whatever was thrown, as a Problem: a fetch that failed outright is `network.unreachable`. */
export function asProblem(error: unknown): Problem {
  if (error instanceof Problem) return error;
  return new Problem({ status: 0, code: 'network.unreachable' });
}

/** The faults as a form takes them; what names a field the form does not have is returned apart. */
export function splitFieldErrors(
  errors: FieldError[],
  known: readonly string[],
): { fields: Record<string, string>; others: string[] } {
  const fields: Record<string, string> = {};
  const others: string[] = [];
  for (const { field, message } of errors) {
    if (known.includes(field)) fields[field] ??= message;
    else others.push(field ? `${field}: ${message}` : message);
  }
  return { fields, others };
}

/** A program that uses the product as any other client would: over HTTP with a bearer token. */
export type Api = {
  get<T>(path: string): Promise<T>;
  send<T>(method: 'POST' | 'PUT', path: string, body: unknown): Promise<T>;
  upload<T>(path: string, fileName: string, csv: string): Promise<T>;
  text(path: string): Promise<string>;
};

/** Every answer outside 2xx is an Error with the problem's own sentence. */
export function apiAt(origin: string, token: string): Api {
  const call = async (path: string, init: RequestInit = {}) => {
    const headers = { authorization: `Bearer ${token}`, ...(init.headers as Record<string, string>) };
    const response = await fetch(new URL(path, origin), { ...init, headers });
    if (!response.ok) {
      throw new Error(`${init.method ?? 'GET'} ${path}: ${response.status} ${await response.text()}`);
    }
    return response;
  };
  const json = async <T>(response: Promise<Response>) => (await (await response).json()) as T;
  return {
    get: <T>(path: string) => json<T>(call(path)),
    send: <T>(method: string, path: string, body: unknown) =>
      json<T>(
        call(path, { method, headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
      ),
    upload: <T>(path: string, fileName: string, csv: string) => {
      const form = new FormData();
      form.set('file', new Blob([csv], { type: 'text/csv' }), fileName);
      return json<T>(call(path, { method: 'POST', body: form }));
    },
    text: async (path) => (await call(path)).text(),
  };
}

export type ServerSettings = { port: number; name: string; fast: boolean };

/** The server's command line after the data folder; nothing is read from a hand-edited file by surprise. */
export function serverArguments({ port, name, fast }: ServerSettings): string[] {
  const settings: Record<string, string> = {
    listen_addresses: '127.0.0.1',
    port: String(port),
    unix_socket_directories: '',
    cluster_name: name,
    max_connections: '200',
    shared_buffers: '128MB',
    // Nobody replicates it: one process fewer.
    max_logical_replication_workers: '0',
    timezone: 'UTC',
    // Its log stays on this machine, yet rows of people have no business in it.
    log_min_error_statement: 'panic',
    log_error_verbosity: 'terse',
    ...(fast ? { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' } : {}),
  };
  return Object.entries(settings).flatMap(([key, value]) => ['-c', `${key}=${value}`]);
}

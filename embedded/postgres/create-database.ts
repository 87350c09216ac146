import pg from 'pg';

/** Signs in and creates the database unless it is there: proves at once that the password still fits. */
export async function createDatabase(serverUrl: string, name: string): Promise<void> {
  const client = new pg.Client({ connectionString: serverUrl });
  try {
    await client.connect();
    const found = await client.query('select 1 from pg_database where datname = $1', [name]);
    if (found.rowCount === 0) await client.query(`create database ${client.escapeIdentifier(name)}`);
  } catch (error) {
    if ((error as { code?: string }).code !== '28P01') throw error;
    throw new Error(
      'The database does not take the stored password: its data and the secrets in the data folder are not from ' +
        'the same time. Put the right secrets back, or move the data folder away to start afresh.',
      { cause: error },
    );
  } finally {
    await client.end();
  }
}

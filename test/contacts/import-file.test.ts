import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { errorsCsv } from '../../app/contacts/import/errors-csv.ts';
import { type CampaignWorld, campaignWorld } from '../campaigns/a-campaign.ts';
import { contactsOf, upload } from './an-upload.ts';

let w: CampaignWorld;
beforeAll(async () => {
  w = await campaignWorld();
});
afterAll(() => w.close());

const mobile = (n: number) => `+39347${String(n).padStart(7, '0')}`;
const codes = (result: Awaited<ReturnType<typeof upload>>) =>
  result.first_errors.map(({ line_number, field, code }) => [line_number, field, code]);

describe('a file', () => {
  it('becomes contacts, each with its zones and their source', async () => {
    const { id } = await w.create();
    const result = await upload(
      w,
      id,
      [
        'external_contact_id,phone_number,email,language,has_prior_consent,do_not_call,time_zone',
        'a1,+393471234567,a@example.com,it,true,,',
        'a2,+12125550123,,en,,,America/Chicago',
        'a3,+80012345678,,,,,',
      ].join('\n'),
    );
    expect(result).toMatchObject({
      total_rows: 3,
      accepted_count: 3,
      rejected_count: 0,
      duplicate_count: 0,
      excluded_count: 0,
      same_file_as: null,
    });
    const byId = Object.fromEntries((await contactsOf(w, id)).map((one) => [one.external_contact_id, one]));
    expect(byId.a1).toMatchObject({
      phone_number: '+393471234567',
      email: 'a@example.com',
      preferred_language: 'it',
      has_prior_consent: true,
      state: 'pending',
      time_zones: ['Europe/Rome', 'Europe/Vatican'],
      time_zone_source: 'number',
    });
    expect(byId.a2).toMatchObject({ time_zones: ['America/Chicago'], time_zone_source: 'csv' });
    expect(byId.a3).toMatchObject({ time_zones: [], time_zone_source: 'none', preferred_language: 'auto' });
  });

  it('from an Italian office is understood, and what cannot be is reported line by line', async () => {
    const { id } = await w.create();
    const text = [
      'Codice;Telefono;E-Mail;Lingua;Non chiamare;Note',
      '1;347 1234567;mario@example.it;italiano;no;"due\r\nrighe"',
      "2;'+39 06 69812345;;it;sì;",
      '3;3,93E+11;;it;no;',
      '',
      '4;3,93471234568E+11;;it;no;',
      '5;393471234569.0;;inglese;no;è già cliente',
      '6;3471234560;non un indirizzo;klingon;forse;',
      ';;;;;',
      '7;347 1234567;;it;no;',
      '8;3471234561;;it;no',
      '9;3471234562;;it;no;;in più',
      '10;;;it;no;',
    ].join('\r\n');
    const result = await upload(w, id, Buffer.from(text, 'latin1'), { default_country: 'IT', piece: 7 });
    expect(result).toMatchObject({
      total_rows: 10,
      accepted_count: 4,
      rejected_count: 5,
      duplicate_count: 1,
      excluded_count: 1,
    });
    expect(codes(result)).toEqual([
      [5, 'phone_number', 'phone.rounded_by_spreadsheet'],
      [9, 'email', 'email.not_valid'],
      [9, 'language', 'language.unknown'],
      [9, 'do_not_call', 'boolean.unknown'],
      [12, 'row', 'row.too_few_cells'],
      [13, 'row', 'row.too_many_cells'],
      [14, 'phone_number', 'phone.missing'],
    ]);
    const found = (await contactsOf(w, id)).map(({ phone_number, state }) => [phone_number, state]);
    expect(found).toEqual([
      ['+390669812345', 'excluded'],
      ['+393471234567', 'pending'],
      ['+393471234568', 'pending'],
      ['+393471234569', 'pending'],
    ]);
  });

  it('gives its bad rows back with the reasons, ready to be mended', async () => {
    const { id } = await w.create();
    const { import_id } = await upload(w, id, `phone,notes\n12,"=1+1, ""x"""\n${mobile(1)},ok\n`);
    const lines: string[] = [];
    for await (const line of errorsCsv(w.db, import_id, 'it')) lines.push(line);
    expect(lines[0]).toBe('phone,notes,error\r\n');
    expect(lines[1]).toContain(`"'=1+1, ""x"""`);
    expect(lines[1]).toContain('paese');
    expect(lines).toHaveLength(2);
  });

  it('uploaded again changes nothing and says so', async () => {
    const { id } = await w.create();
    const file = `phone\n${mobile(1)}\n${mobile(2)}\n`;
    const first = await upload(w, id, file);
    const again = await upload(w, id, file);
    expect(again).toMatchObject({ accepted_count: 0, duplicate_count: 2, same_file_as: first.import_id });
    expect(await contactsOf(w, id)).toHaveLength(2);
  });

  it.each([
    ['utf-16 with a mark', Buffer.from(`\ufefftelefono;lingua\r\n${mobile(5)};it\r\n`, 'utf16le')],
    ['utf-16 without one', Buffer.from(`telefono;lingua\n${mobile(5)};it\n`, 'utf16le')],
    ['utf-8 with a mark', Buffer.from(`\ufefftelefono\tlingua\n${mobile(5)}\tit`)],
    ['a separator line', Buffer.from(`sep=;\r\nTelefono;Lingua\r\n${mobile(5)};it\r\n`)],
    ['old Mac line ends', Buffer.from(`Mobile Phone,LANG\r${mobile(5)},it\r`)],
  ])('is read in %s', async (_name, bytes) => {
    const { id } = await w.create();
    expect(await upload(w, id, bytes, { piece: 3 })).toMatchObject({ accepted_count: 1, rejected_count: 0 });
    expect(await contactsOf(w, id)).toMatchObject([{ phone_number: mobile(5), preferred_language: 'it' }]);
  });

  it.each([
    ['no phone column', 'name,mail\nx,y\n', 'import.missing_column'],
    ['nothing in it', '', 'import.unreadable'],
    ['an open quote', `phone\n"${mobile(1)}\n${mobile(2)}\n`, 'import.unreadable'],
    ['a workbook', Buffer.from('504b030414000600', 'hex'), 'import.unreadable'],
    ['one endless line', `phone\n${'9'.repeat(600_000)}`, 'import.unreadable'],
  ])('with %s is refused as a whole', async (_name, file, code) => {
    const { id } = await w.create();
    await expect(upload(w, id, file)).rejects.toMatchObject({ code });
    expect(await contactsOf(w, id)).toEqual([]);
    const imports = await w.db
      .selectFrom('contact_import')
      .select('status')
      .where('campaign_id', '=', id)
      .execute();
    expect(imports).toEqual([{ status: 'failed' }]);
  });

  it('may name its columns as it likes when the mapping says so', async () => {
    const { id } = await w.create();
    const mapping = { phone_number: 'Recapito A', external_contact_id: 'Tessera' };
    const result = await upload(w, id, `Tessera,Recapito A,Telefono\nt1,${mobile(7)},x\n`, { mapping });
    expect(result.accepted_count).toBe(1);
    expect(await contactsOf(w, id)).toMatchObject([{ phone_number: mobile(7), external_contact_id: 't1' }]);
  });

  it('is refused once the campaign is over', async () => {
    const { id } = await w.create();
    await w.db.updateTable('campaign').set({ status: 'running' }).where('id', '=', id).execute();
    await w.db.updateTable('campaign').set({ status: 'cancelled' }).where('id', '=', id).execute();
    await expect(upload(w, id, 'phone\n')).rejects.toMatchObject({ code: 'campaign.closed' });
  });
});

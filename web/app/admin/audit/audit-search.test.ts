import { describe, expect, it } from 'vitest';
import { auditSearch, toFilter } from './audit-search.ts';

describe('auditSearch', () => {
  it('leaves out what the server would refuse, so that an address typed by hand breaks no page', () => {
    expect(auditSearch({ user_id: 'me', from: 'yesterday', to: '2026-13-40', action: '', page: 2 })).toEqual(
      {},
    );
  });

  it('keeps what is right', () => {
    const search = { user_id: '019abc00-0000-7000-8000-000000000000', from: '2026-11-01', action: 'user.' };
    expect(auditSearch(search)).toEqual(search);
  });
});

describe('toFilter', () => {
  it('takes the last day whole, by the clock of the reader', () => {
    const filter = toFilter({ from: '2026-11-30', to: '2026-11-30' });
    expect(new Date(filter.from!)).toEqual(new Date(2026, 10, 30));
    expect(new Date(filter.to!)).toEqual(new Date(2026, 11, 1));
  });
});

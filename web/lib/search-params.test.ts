import { describe, expect, it } from 'vitest';
import { compact, oneOf, pageParam, pathParam, textParam } from './search-params.ts';

describe('parameters of an address', () => {
  it('take only what is allowed', () => {
    expect(oneOf(['draft', 'running'], 'running')).toBe('running');
    expect(oneOf(['draft', 'running'], 'broken')).toBeUndefined();
    expect(oneOf(['draft'], null)).toBeUndefined();
  });

  it('read a text that the router took for a number', () => {
    expect([textParam('abc'), textParam(39), textParam(''), textParam({})]).toEqual([
      'abc',
      '39',
      undefined,
      undefined,
    ]);
  });

  it('know no first page, no half page and no page of words', () => {
    expect([2, '3', 1, 0, -1, 1.5, 'x'].map(pageParam)).toEqual([2, 3, ...Array(5).fill(undefined)]);
  });

  it('lead to no other site after the sign-in', () => {
    expect(pathParam('/campaigns?status=running')).toBe('/campaigns?status=running');
    for (const bad of ['https://example.com', '//example.com', '/\\example.com', 'campaigns', '']) {
      expect(pathParam(bad)).toBeUndefined();
    }
  });

  it('are dropped where they say nothing', () => {
    expect(compact({ q: undefined, page: 2 })).toEqual({ page: 2 });
  });
});

import { describe, expect, it } from 'vitest';
import { hourGrid } from './hour-grid.ts';

const window = {
  allowed_weekdays: ['mon', 'tue'] as ('mon' | 'tue')[],
  allowed_call_start_local: '09:30',
  allowed_call_end_local: '12:00',
};

describe('the grid of hours', () => {
  it('shows the window, and calls outside of it', () => {
    expect(hourGrid(window, []).hours).toEqual([9, 10, 11]);
    const grid = hourGrid(window, [{ weekday: 'sun', hour: 14, attempts: 4, answered: 1 }]);
    expect(grid.hours).toEqual([9, 10, 11, 12, 13, 14]);
    expect(grid.cellOf('sun', 14)?.answered).toBe(1);
    expect(grid.cellOf('mon', 14)).toBeUndefined();
  });

  it('knows which hours are open on which day', () => {
    const { isInWindow } = hourGrid(window, []);
    expect([8, 9, 11, 12].map((hour) => isInWindow('mon', hour))).toEqual([false, true, true, false]);
    expect(isInWindow('wed', 10)).toBe(false);
  });
});

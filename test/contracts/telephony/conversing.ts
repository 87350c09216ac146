import { describe, expect, it } from 'vitest';
import type { AdapterUnderTest } from './adapter-under-test.ts';

/** For adapters over whose socket we lead the conversation. */
export function conversing(adapterOf: () => AdapterUnderTest): void {
  const wire = () => adapterOf().provider.conversation;

  describe('the document of an answered call', () => {
    it.each(['en', 'it'] as const)(
      'opens the conversation in %s, with the token and no secret',
      (language) => {
        const token = 'a&<b>"c';
        const { body, content_type } = adapterOf().provider.connectDocument({
          call_id: 'x',
          token,
          language,
        });
        expect(content_type).not.toBe('');
        expect(body).toContain(language === 'it' ? 'it-IT' : 'en-US');
        expect(body).not.toContain(token);
        expect(body).toContain('a&amp;');
        for (const secret of adapterOf().secrets) expect(body).not.toContain(secret);
      },
    );

    it('that hangs up opens nothing', () => {
      expect(adapterOf().provider.hangUpDocument().body).not.toContain('ws');
    });
  });

  describe('frames', () => {
    it('bring the token, words and keys', () => {
      const { frames } = adapterOf();
      expect(wire().parse(frames.setup('t'))).toMatchObject({ type: 'setup', token: 't' });
      expect(wire().parse(frames.heard('Sì, certo'))).toEqual({
        type: 'heard',
        text: 'Sì, certo',
        is_final: true,
      });
      expect(wire().parse(frames.key('1'))).toEqual({ type: 'key', digit: '1' });
    });

    it('that are garbage harm nothing', () => {
      for (const frame of [...adapterOf().frames.garbage, 'x'.repeat(200_000)]) {
        const read = wire().parse(frame);
        expect(read.type === 'ignored' || (read.type === 'heard' && read.text === '')).toBe(true);
      }
    });

    it('carry what is said unchanged, quotes and accents included', () => {
      const said = 'È "d’accordo"?\n<b>&</b>';
      const frames = wire().say(said, { interruptible: false });
      expect(frames.map((frame) => JSON.stringify(JSON.parse(frame))).join()).toContain(JSON.stringify(said));
      expect(() => JSON.parse(wire().end('over'))).not.toThrow();
    });
  });
}

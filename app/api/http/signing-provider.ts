import type { TelephonyProvider } from '../../calling/telephony/provider.ts';
import type { Context } from '../../context.ts';
import { AppError } from '../../errors.ts';

/**
 * The provider whose signature counts. Without one nothing is signed: refused like a wrong signature. While the settings
 * cannot be read nobody knows; then the provider should come again.
 */
export async function signingProvider(ctx: Context, name?: string): Promise<TelephonyProvider> {
  try {
    return await ctx.provider(name);
  } catch (cause) {
    if (cause instanceof AppError && cause.code === 'settings.unknown_provider') {
      throw new AppError('webhook.bad_signature', 'There is no such provider here.', { cause });
    }
    throw new AppError('server.unavailable', 'The provider’s settings cannot be read now.', { cause });
  }
}

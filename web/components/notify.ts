import { notifications } from '@mantine/notifications';
import i18next from 'i18next';

/** A short message that goes by itself and can be closed by name. */
export function notify(message: string, color: 'green' | 'red'): void {
  notifications.show({ message, color, closeButtonProps: { 'aria-label': i18next.t('action.close') } });
}

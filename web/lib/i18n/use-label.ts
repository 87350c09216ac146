import { useTranslation } from 'react-i18next';

type Family =
  | 'funnel'
  | 'call_event'
  | 'understood'
  | 'disposition'
  | 'not_reached_reason'
  | 'excluded_reason'
  | 'export_status'
  | 'admin.llm_provider'
  | 'admin.audit_action'
  | 'admin.audit_entity'
  | 'admin.store'
  | 'admin.store_result'
  | 'admin.role_source'
  | 'admin.skip_reason'
  | 'admin.held'
  | 'exclusions.source'
  | 'exclusions.reason';

/** The name of a value from an open list; one that is not known yet is shown as the server calls it. */
export function useLabel(): (family: Family, value: string) => string {
  const { t, i18n } = useTranslation();
  return (family, value) => {
    const key = `${family}.${value}`;
    return i18n.exists(key) ? t(key as 'funnel.completed') : value.replaceAll('_', ' ');
  };
}

import {
  FileClock,
  type LucideIcon,
  MailOpen,
  Scale,
  ScrollText,
  SlidersHorizontal,
  UserRoundSearch,
  UsersRound,
  Webhook,
} from 'lucide-react';

/** The areas of the administration in the order of its menu; each is one address below `/admin`. */
export const ADMIN_AREAS = [
  { area: 'settings', to: '/admin/settings', icon: SlidersHorizontal },
  { area: 'templates', to: '/admin/templates', icon: MailOpen },
  { area: 'webhooks', to: '/admin/webhooks', icon: Webhook },
  { area: 'users', to: '/admin/users', icon: UsersRound },
  { area: 'people', to: '/admin/people', icon: UserRoundSearch },
  { area: 'retention', to: '/admin/retention', icon: FileClock },
  { area: 'jurisdictions', to: '/admin/jurisdictions', icon: Scale },
  { area: 'audit', to: '/admin/audit', icon: ScrollText },
] as const satisfies { area: string; to: string; icon: LucideIcon }[];

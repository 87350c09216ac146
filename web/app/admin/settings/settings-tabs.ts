/** The sections of the settings page, as its address names them. */
export const SETTINGS_TABS = ['telephony', 'llm', 'email', 'topics', 'defaults', 'history'] as const;

/** How long it takes to say one character aloud, in either language, either side. */
export const MS_PER_CHARACTER = 60;

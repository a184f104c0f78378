/** The tags in a line with commas between: each once, without the space around. */
export const tagsIn = (text: string): string[] => [...new Set(text.split(',').map((tag) => tag.replace(/\s+/g, ' ').trim().slice(0, 64)))].filter(Boolean);

/** Whether this may be a phone number as people write it: `0812-3456-7890`, `+62 812 3456 7890`. The node looks closer. */
export function isPhone(text: string): boolean {
  return /^[+0][\d\s.-]+$/.test(text.trim()) && text.replace(/\D/g, "").length >= 9;
}

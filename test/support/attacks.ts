/** What a stranger may call itself to get markup, a script or a formula into a page that tells of it. */
export const ATTACKS = [
  '<script>alert(1)</script>',
  '"><img src=x onerror=alert(2)>',
  "' onmouseover='alert(3)",
  '</title></style></svg><svg onload=alert(4)>',
  'javascript:alert(5)',
  '&lt;script&gt;alert(6)&lt;/script&gt;',
  '<!--',
  ']]>',
  '\u202Eevil\u202C',
  '`${alert(7)}`',
  '=cmd|calc!A0',
  'data:text/html,<script>alert(8)</script>',
] as const;

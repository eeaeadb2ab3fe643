/** The clone is at work, in words and in motion. */
export const Thinking = ({ children }: { readonly children: string }) => (
  <span className="thinking">
    <span className="thinking-dots" aria-hidden="true">
      <i />
      <i />
      <i />
    </span>
    {children}
  </span>
)

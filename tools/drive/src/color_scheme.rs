//! Light and dark, as the system would ask for them.

/// What the desktop asks programs to look like.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ColorScheme {
    Light,
    Dark,
}

impl ColorScheme {
    pub(crate) const BOTH: [Self; 2] = [Self::Light, Self::Dark];

    /// The GTK theme that makes WebKitGTK report this `prefers-color-scheme`.
    pub(crate) fn gtk_theme(self) -> &'static str {
        match self {
            Self::Light => "Adwaita",
            Self::Dark => "Adwaita:dark",
        }
    }

    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Light => "light",
            Self::Dark => "dark",
        }
    }
}

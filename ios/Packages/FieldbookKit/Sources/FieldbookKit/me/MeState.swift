import FieldbookCore

/// Tôi.
struct MeState: Sendable {
    var status: Reading<Status> = .loading
    /// None until chosen.
    var textSize: TextSize?
    /// The screen asks for a PIN.
    var hasPin = false
    /// Unfinished forms, which signing out deletes.
    var drafts = 0
    var isBusy = false
    var problem: FieldbookError?
}

/// What one is doing on the page; kept over a kill.
enum MeTask: String, Sendable { case look, pin, signOut }

import FieldbookCore

/// Hôm nay.
struct TodayState: Sendable {
    var today: Reading<Today> = .loading
    /// "Gửi ngay" was pressed and is still at work.
    var isSending = false
    /// Why the last "Gửi ngay" did not go through.
    var problem: FieldbookError?
}

extension Today {
    /// Heads and secretaries see their two tiles.
    var showsTiles: Bool { posts.contains { $0.role == .head || $0.role == .secretary } }
}

import FieldbookCore

/// Gửi – nhận.
struct OutboxState: Sendable {
    var outbox: Reading<Outbox> = .loading
    var officePhone: String?
    var work = OutboxWork()
}

struct OutboxWork: Equatable, Sendable {
    var isSending = false
    var problem: FieldbookError?
}

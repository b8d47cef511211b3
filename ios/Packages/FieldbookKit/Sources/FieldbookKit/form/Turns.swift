/// Work that is done one after the other, in the order it came. What has begun is finished also when nobody waits for it any more.
@MainActor
final class Turns {
    private var last: Task<Void, Never>?

    @discardableResult
    func begin<Value: Sendable>(_ work: @escaping @MainActor () async -> Value) -> Task<Value, Never> {
        let before = last
        let turn = Task {
            await before?.value
            return await work()
        }
        last = Task { _ = await turn.value }
        return turn
    }

    func take<Value: Sendable>(_ work: @escaping @MainActor () async -> Value) async -> Value { await begin(work).value }
}

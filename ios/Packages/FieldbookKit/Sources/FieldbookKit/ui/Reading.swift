import FieldbookCore

/// What a screen shows of the notebook.
enum Reading<Value: Sendable>: Sendable {
    case loading
    case failed(FieldbookError)
    case ready(Value)

    /// None before it was read.
    var value: Value? {
        guard case .ready(let value) = self else { return nil }
        return value
    }
}

extension Reading: Equatable where Value: Equatable {}

/// How a call ended. The only place where the core's errors are caught.
enum Outcome<Value: Sendable>: Sendable {
    case done(Value)
    case failed(FieldbookError)

    /// None when it failed.
    var value: Value? {
        guard case .done(let value) = self else { return nil }
        return value
    }

    /// Why it failed.
    var problem: FieldbookError? {
        guard case .failed(let problem) = self else { return nil }
        return problem
    }
}

@MainActor
func outcome<Value: Sendable>(_ call: @MainActor () async throws -> Value) async -> Outcome<Value> {
    do {
        return .done(try await call())
    } catch let problem as FieldbookError {
        return .failed(problem)
    } catch {
        return .failed(.Internal(reason: "\(error)"))
    }
}

extension FieldbookProtocol {
    /// Reads once, then again whenever one of these changed, until whoever follows goes away. Slow reading skips news, never the last.
    @MainActor
    func reading<Value: Sendable>(
        _ about: Change..., read: @escaping @MainActor (any FieldbookProtocol) async throws -> Value
    ) -> AsyncStream<Reading<Value>> {
        let news = changes()
        let (triggers, trigger) = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1))
        trigger.yield()
        let listening = Task {
            while let change = await news.next() {
                if change == .everything || about.contains(change) { trigger.yield() }
            }
            trigger.finish()
        }
        return AsyncStream { continuation in
            let reading = Task {
                for await _ in triggers {
                    switch await outcome({ try await read(self) }) {
                    case .done(let value): continuation.yield(.ready(value))
                    case .failed(let problem): continuation.yield(.failed(problem))
                    }
                }
                continuation.finish()
            }
            continuation.onTermination = { _ in
                news.stop()  // the core does not hear of a cancelled task
                listening.cancel()
                reading.cancel()
            }
        }
    }
}

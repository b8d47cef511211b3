import FieldbookCore
import Foundation

/// The notebook's key, in the Keychain.
final class NotebookKey: KeyStore {
    private let keychain: Keychain

    init(_ keychain: Keychain) { self.keychain = keychain }

    func kept() throws -> Data? {
        do { return try keychain.read(name) } catch { throw away(error) }
    }

    func keep(key: Data) throws {
        do { try keychain.write(key, as: name) } catch { throw away(error) }
    }

    private func away(_ failure: KeychainFailure) -> KeyStoreError { .Unavailable(reason: "keychain status \(failure.status)") }
}

private let name = "notebook-key"

import Foundation
import Security

/// Small secrets of this app on this phone: readable once it was unlocked since it was switched on, and never on another phone.
struct Keychain: Sendable {
    /// Apart for each notebook.
    let service: String

    func read(_ key: String) -> Data? {
        var query = item(key)
        query[kSecReturnData as String] = true
        query[kSecMatchLimit as String] = kSecMatchLimitOne
        var found: CFTypeRef?
        guard SecItemCopyMatching(query as CFDictionary, &found) == errSecSuccess else { return nil }
        return found as? Data
    }

    /// Whether it is kept now.
    func write(_ secret: Data, as key: String) -> Bool {
        let status = SecItemUpdate(item(key) as CFDictionary, [kSecValueData as String: secret] as CFDictionary)
        guard status == errSecItemNotFound else { return status == errSecSuccess }
        var new = item(key)
        new[kSecValueData as String] = secret
        new[kSecAttrAccessible as String] = kSecAttrAccessibleAfterFirstUnlockThisDeviceOnly
        return SecItemAdd(new as CFDictionary, nil) == errSecSuccess
    }

    func delete(_ key: String) { SecItemDelete(item(key) as CFDictionary) }

    /// Everything of this notebook.
    func deleteAll() {
        SecItemDelete([kSecClass as String: kSecClassGenericPassword, kSecAttrService as String: service] as CFDictionary)
    }

    private func item(_ key: String) -> [String: Any] {
        [
            kSecClass as String: kSecClassGenericPassword,
            kSecAttrService as String: service,
            kSecAttrAccount as String: key,
        ]
    }
}

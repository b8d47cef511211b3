import Foundation
import Observation
import SwiftUI

/// How large words are; never smaller than the system's own choice.
enum TextSize: String, CaseIterable, Codable, Sendable {
    case usual, large, largest

    /// The least of the system's sizes: at `xLarge` the body is 19 points, and nothing that is read is smaller than 17.
    var least: DynamicTypeSize {
        switch self {
        case .usual: .xLarge
        case .large: .xxxLarge
        case .largest: .accessibility1
        }
    }
}

/// What a person chose on this phone, kept here only. The PIN locks the screen and nothing else: it is no key to the notebook. So few
/// digits are guessed at once from any hash of them; what keeps them is the Keychain.
@MainActor
@Observable
final class Choices {
    /// None until chosen: large for heads, else usual.
    private(set) var textSize: TextSize?
    /// The screen asks for a PIN.
    private(set) var hasPin: Bool
    private let file: URL
    private let keychain: Keychain

    init(home: URL, keychain: Keychain) throws {
        file = home.appending(path: "choices.json")
        self.keychain = keychain
        textSize = (try? Data(contentsOf: file)).flatMap { try? JSONDecoder().decode(Kept.self, from: $0) }?.textSize
        hasPin = try keychain.read(pinKey) != nil
    }

    func setTextSize(_ size: TextSize) throws {
        try JSONEncoder().encode(Kept(textSize: size)).write(to: file, options: .atomic)
        textSize = size
    }

    func setPin(_ pin: String) throws {
        try keychain.write(Data(pin.utf8), as: pinKey)
        hasPin = true
    }

    func removePin() throws {
        try keychain.delete(pinKey)
        hasPin = false
    }

    func isPin(_ pin: String) -> Bool { (try? keychain.read(pinKey)) == Data(pin.utf8) }

    private struct Kept: Codable {
        let textSize: TextSize
    }
}

private let pinKey = "pin"

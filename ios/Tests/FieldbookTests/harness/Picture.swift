import Foundation

/// A picture that is not one colour, as a PNG written by hand: the only kind that needs no encoder.
func picture(width: Int = 64, height: Int = 48) -> Data {
    picture(width, height) { x, y in [UInt8(x * 4 % 256), UInt8(y * 5 % 256), 90] }
}

/// A picture with so much in it that it stays large: leaves in the wind.
func leaves(width: Int = 480, height: Int = 360) -> Data {
    var chance: UInt32 = 1
    return picture(width, height) { _, _ in
        chance = chance &* 1_664_525 &+ 1_013_904_223
        return [UInt8(chance >> 24), UInt8(chance >> 16 & 0xFF), UInt8(chance >> 8 & 0xFF)]
    }
}

private func picture(_ width: Int, _ height: Int, colour: (_ x: Int, _ y: Int) -> [UInt8]) -> Data {
    var rows = Data()
    for y in 0..<height {
        rows.append(0)
        for x in 0..<width { rows.append(contentsOf: colour(x, y)) }
    }
    let header = bigEndian(UInt32(width)) + bigEndian(UInt32(height)) + Data([8, 2, 0, 0, 0])
    return Data([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]) + chunk("IHDR", header) + chunk("IDAT", stored(rows))
        + chunk("IEND", Data())
}

private func chunk(_ name: String, _ content: Data) -> Data {
    let named = Data(name.utf8) + content
    return bigEndian(UInt32(content.count)) + named + bigEndian(checksum(named))
}

/// The bytes as they are, in the frame of a compressed stream.
private func stored(_ bytes: Data) -> Data {
    var stream = Data([0x78, 0x01])
    var rest = bytes[...]
    while !rest.isEmpty {
        let part = rest.prefix(65_535)
        rest = rest.dropFirst(part.count)
        let size = UInt16(part.count)
        stream.append(contentsOf: [rest.isEmpty ? 1 : 0, UInt8(size & 0xFF), UInt8(size >> 8), UInt8(~size & 0xFF), UInt8(~size >> 8)])
        stream.append(part)
    }
    var (a, b): (UInt32, UInt32) = (1, 0)
    for byte in bytes {
        a = (a + UInt32(byte)) % 65_521
        b = (b + a) % 65_521
    }
    return stream + bigEndian(b << 16 | a)
}

private func checksum(_ bytes: Data) -> UInt32 {
    ~bytes.reduce(UInt32.max) { sum, byte in
        (0..<8).reduce(sum ^ UInt32(byte)) { sum, _ in sum & 1 == 1 ? sum >> 1 ^ 0xEDB8_8320 : sum >> 1 }
    }
}

private func bigEndian(_ number: UInt32) -> Data { withUnsafeBytes(of: number.bigEndian) { Data($0) } }

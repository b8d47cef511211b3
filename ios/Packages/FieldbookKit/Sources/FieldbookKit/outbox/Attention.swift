import FieldbookCore
import SwiftUI

/// Cần xử lý: what came back, why, and the way to put it right.
struct AttentionPart: View {
    let outbox: Outbox
    let onRepair: (CaseRow) -> Void
    let onDiscard: (CaseRow) -> Void
    let onGo: Go
    @Environment(\.words) private var words

    var body: some View {
        if !outbox.attention.isEmpty {
            SectionTitle(words(.screenOutboxAttention))
            ForEach(outbox.attention, id: \.row.id) { line in
                VStack(alignment: .leading, spacing: 8) {
                    AttentionWords(line: line)
                    AttentionTasks(line: line, onRepair: onRepair, onDiscard: onDiscard, onGo: onGo)
                }
                .padding(16)
                .frame(maxWidth: .infinity, alignment: .leading)
                .overlay { RoundedRectangle(cornerRadius: Theme.corner).stroke(Tone.danger.ink.color, lineWidth: 2) }
            }
        }
    }
}

private struct AttentionWords: View {
    let line: AttentionLine
    @Environment(\.words) private var words

    var body: some View {
        let row = line.row
        StatusChip(words(chip), .danger)
        Text(words(.commonKindInUnit, words(row.petitionKind?.word ?? row.kind.word), row.unit)).font(.small)
        Text(row.text.isEmpty ? words(.commonNoText) : row.text).font(.lineTitle)
        if !reason.isEmpty { Text(words(.screenOutboxReason, reason)) }
        if line.held > 0 { Text(words(.screenOutboxHeld, count: Int(line.held))).font(.small) }
    }

    private var chip: Key {
        switch line.what {
        case .refused: .sendingRefused
        case .returned: .stateReturned
        case .photoRejected: .screenOutboxPhotoRejected
        }
    }

    private var reason: String {
        switch line.what {
        case .refused(let code): words(code.sentence)
        case .returned(let reason): reason
        case .photoRejected: words(.screenOutboxPhotoAgain)
        }
    }
}

private struct AttentionTasks: View {
    let line: AttentionLine
    let onRepair: (CaseRow) -> Void
    let onDiscard: (CaseRow) -> Void
    let onGo: Go
    @State private var asks = false
    @Environment(\.words) private var words

    var body: some View {
        if line.canRepair {
            SideButton(words(.screenOutboxRepair)) { onRepair(line.row) }
        } else {
            SideButton(words(.screenOutboxOpen)) { onGo(.case(id: line.row.id)) }
        }
        // Giving up cannot be undone, so it is asked once more.
        if line.canRepair, !asks { LineButton(words(.screenOutboxDiscard)) { asks = true } }
        if asks {
            Text(words(.screenOutboxDiscardHint))
            SideButton(words(.screenOutboxDiscardYes)) {
                asks = false
                onDiscard(line.row)
            }
            LineButton(words(.actionKeep)) { asks = false }
        }
    }
}

/// How far a picture is on its way.
struct PhotoProgress: View {
    let number: Int
    let photo: PhotoLine
    @Environment(\.words) private var words

    var body: some View {
        VStack(alignment: .leading, spacing: 4) {
            Text(text)
            if case .sending(let sent) = photo.sending {
                ProgressView(value: Double(sent), total: Double(max(photo.bytes, 1))).accessibilityHidden(true)
            }
        }
    }

    private var text: String {
        let size = words.size(photo.bytes)
        return switch photo.sending {
        case .sending(let sent): words(.screenOutboxPhotoSending, number, words.size(sent), size)
        case .waiting: words(.screenOutboxPhotoWaiting, number, size)
        case .rejected: words(.screenOutboxPhotoRefused, number)
        case .received, .notOurs: words(.screenOutboxPhotoReceived, number)
        }
    }
}

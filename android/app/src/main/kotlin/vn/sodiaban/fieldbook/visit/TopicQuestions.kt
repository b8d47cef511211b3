package vn.sodiaban.fieldbook.visit

import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.FlowRow
import androidx.compose.material3.HorizontalDivider
import androidx.compose.material3.MaterialTheme
import androidx.compose.material3.Text
import androidx.compose.runtime.Composable
import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.saveable.rememberSaveable
import androidx.compose.runtime.setValue
import androidx.compose.ui.res.stringResource
import androidx.compose.ui.unit.dp
import vn.sodiaban.fieldbook.R
import vn.sodiaban.fieldbook.core.Field
import vn.sodiaban.fieldbook.core.FollowUpEntry
import vn.sodiaban.fieldbook.core.FollowUpLine
import vn.sodiaban.fieldbook.core.TopicEntry
import vn.sodiaban.fieldbook.core.TopicMark
import vn.sodiaban.fieldbook.core.VisitEntry
import vn.sodiaban.fieldbook.form.ChoiceList
import vn.sodiaban.fieldbook.form.FormActions
import vn.sodiaban.fieldbook.form.TextBox
import vn.sodiaban.fieldbook.form.faultWords
import vn.sodiaban.fieldbook.photo.PhotoRow
import vn.sodiaban.fieldbook.photo.PhotoTaker
import vn.sodiaban.fieldbook.photo.Thumbnail
import vn.sodiaban.fieldbook.ui.LineButton
import vn.sodiaban.fieldbook.words.word
import vn.sodiaban.fieldbook.words.words

@Composable
internal fun TopicsQuestion(form: OpenVisit, actions: FormActions<VisitEntry, VisitPart>, taker: PhotoTaker) =
    Column(verticalArrangement = Arrangement.spacedBy(16.dp)) {
        val texts = form.choices.topics.associate { it.id to it.text }
        form.entry.topics.forEachIndexed { index, topic ->
            if (index > 0) HorizontalDivider()
            Topic(index, texts[topic.topicId].orEmpty(), topic, form, actions, taker)
        }
    }

@Composable
private fun Topic(
    index: Int,
    text: String,
    topic: TopicEntry,
    form: OpenVisit,
    actions: FormActions<VisitEntry, VisitPart>,
    taker: PhotoTaker,
) = Column(verticalArrangement = Arrangement.spacedBy(8.dp)) {
    val slot = PhotoOf.Topic(index).slot
    val photos = VisitForm.photos(form.entry, slot)
    var isOpen by rememberSaveable { mutableStateOf(false) }
    Text(text, style = MaterialTheme.typography.titleSmall)
    ChoiceList(
        choices = (TopicMark.entries - TopicMark.UNKNOWN).map { it to stringResource(it.word()) },
        chosen = topic.mark,
        onChoose = { mark -> actions.edit { it.withTopic(index) { copy(mark = mark) } } },
    )
    val hasMore = topic.remark.isNotEmpty() || photos.isNotEmpty() || form.photoWork?.slot == slot
    if (!isOpen && !hasMore) {
        LineButton(stringResource(R.string.screen_visit_topic_more), { isOpen = true })
        return@Column
    }
    val label = stringResource(R.string.field_remark)
    TextBox(
        label = label,
        text = topic.remark,
        edition = form.edition,
        onType = { typed -> actions.edit { it.withTopic(index) { copy(remark = typed) } } },
        fault = form.fault?.takeIf { it.field == Field.Topic(index) }?.let { faultWords(label, it) },
    )
    PhotoRow(slot, photos, form.photoWork, taker, onRemove = { at -> actions.remove { it.withoutPhoto(slot, at) } })
}

internal fun VisitEntry.withTopic(index: Int, change: TopicEntry.() -> TopicEntry): VisitEntry =
    copy(topics = topics.mapIndexed { at, topic -> if (at == index) topic.change() else topic })

internal fun VisitEntry.withoutPhoto(slot: String, at: Int): VisitEntry =
    VisitForm.withPhotos(this, slot, VisitForm.photos(this, slot).filterIndexed { index, _ -> index != at })

@Composable
internal fun FollowUpsQuestion(form: OpenVisit, actions: FormActions<VisitEntry, VisitPart>) =
    Column(verticalArrangement = Arrangement.spacedBy(16.dp)) {
        form.choices.followUps.forEachIndexed { index, promise ->
            if (index > 0) HorizontalDivider()
            FollowUp(promise, form.entry.followUps.find { it.followUpId == promise.id }?.done) { done ->
                actions.edit {
                    it.copy(
                        followUps =
                            it.followUps.filter { tick -> tick.followUpId != promise.id } + FollowUpEntry(promise.id, done),
                    )
                }
            }
        }
    }

@Composable
private fun FollowUp(promise: FollowUpLine, done: Boolean?, onTick: (Boolean) -> Unit) =
    Column(verticalArrangement = Arrangement.spacedBy(8.dp)) {
        Text(promise.text, style = MaterialTheme.typography.titleSmall)
        Text(stringResource(R.string.screen_visit_promised_for, promise.month.words()), style = MaterialTheme.typography.bodySmall)
        if (promise.photos.isNotEmpty()) {
            FlowRow(horizontalArrangement = Arrangement.spacedBy(8.dp), verticalArrangement = Arrangement.spacedBy(8.dp)) {
                promise.photos.forEachIndexed { index, photo -> Thumbnail(photo.path, stringResource(R.string.photo_number, index + 1)) }
            }
        }
        ChoiceList(
            choices = listOf(true to stringResource(R.string.follow_up_done), false to stringResource(R.string.follow_up_not_done)),
            chosen = done,
            onChoose = onTick,
        )
    }
